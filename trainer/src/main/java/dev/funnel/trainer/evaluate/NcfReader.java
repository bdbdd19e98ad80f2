package dev.funnel.trainer.evaluate;

import dev.funnel.trainer.fit.SparseRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the three files of the NCF split and checks that they belong together. */
final class NcfReader {

    private static final int MOST_INTERACTIONS = 100_000_000;
    private static final int MOST_NEGATIVES = 10_000;

    private final Path folder;
    private int[] users = new int[1 << 16];
    private int[] items = new int[1 << 16];
    private int count;
    private int itemCount;

    NcfReader(Path folder) {
        this.folder = folder;
    }

    NcfData read() throws IOException {
        int[] heldOut = readHeldOut(folder.resolve("ml-1m.test.rating.gz"));
        int[][] negatives = readNegatives(folder.resolve("ml-1m.test.negative.gz"), heldOut);
        readTrain(folder.resolve("ml-1m.train.rating.gz"), heldOut);
        float[] ones = new float[count];
        Arrays.fill(ones, 1);
        SparseRows train = SparseRows.of(
                heldOut.length, itemCount, Arrays.copyOf(users, count), Arrays.copyOf(items, count), ones);
        return new NcfData(train, heldOut, negatives);
    }

    private static GzipLines open(Path path) throws IOException {
        return GzipLines.open(
                path,
                "\t",
                "the NCF split has ml-1m.train.rating.gz, ml-1m.test.rating.gz and ml-1m.test.negative.gz in one folder");
    }

    private int[] readHeldOut(Path path) throws IOException {
        List<Integer> heldOut = new ArrayList<>();
        try (GzipLines file = open(path)) {
            for (String[] fields = file.next(); fields != null; fields = file.next()) {
                requireFields(file, fields, 4);
                int user = file.number("user", fields[0]);
                if (user != heldOut.size()) {
                    throw file.broken("user is " + user + ", must be " + heldOut.size()
                            + ": one line for each user, in ascending order");
                }
                heldOut.add(item(file, fields[1]));
            }
            if (heldOut.isEmpty()) {
                throw file.broken("the file is empty, must have one line for each user");
            }
        }
        return heldOut.stream().mapToInt(Integer::intValue).toArray();
    }

    private int[][] readNegatives(Path path, int[] heldOut) throws IOException {
        int[][] negatives = new int[heldOut.length][];
        try (GzipLines file = open(path)) {
            for (int user = 0; user < negatives.length; user++) {
                String[] fields = file.next();
                if (fields == null) {
                    throw file.broken("the file ends here, must have a line for each of " + heldOut.length + " users");
                }
                negatives[user] = readNegatives(file, fields, "(" + user + "," + heldOut[user] + ")");
            }
            if (file.next() != null) {
                throw file.broken("the file goes on, must have a line for each of " + heldOut.length + " users");
            }
        }
        return negatives;
    }

    private int[] readNegatives(GzipLines file, String[] fields, String pair) throws IOException {
        if (!fields[0].equals(pair)) {
            throw file.broken("the line begins with \"" + fields[0].substring(0, Math.min(40, fields[0].length()))
                    + "\", must begin with " + pair + ", the pair in the test file");
        }
        if (fields.length < 2 || fields.length > MOST_NEGATIVES) {
            throw file.broken("has " + (fields.length - 1) + " negatives, must be 1 to " + (MOST_NEGATIVES - 1));
        }
        int[] negatives = new int[fields.length - 1];
        for (int i = 0; i < negatives.length; i++) {
            negatives[i] = item(file, fields[i + 1]);
        }
        return negatives;
    }

    private void readTrain(Path path, int[] heldOut) throws IOException {
        try (GzipLines file = open(path)) {
            for (String[] fields = file.next(); fields != null; fields = file.next()) {
                requireFields(file, fields, 4);
                int user = file.number("user", fields[0]);
                if (user >= heldOut.length) {
                    throw file.broken(
                            "user is " + user + ", must be one of the " + heldOut.length + " of the test file");
                }
                int item = item(file, fields[1]);
                if (item == heldOut[user]) {
                    throw file.broken("item " + item + " of user " + user + " is the held-out one: the split leaks");
                }
                add(file, user, item);
            }
        }
    }

    private void add(GzipLines file, int user, int item) throws IOException {
        if (count == MOST_INTERACTIONS) {
            throw file.broken("has more than " + MOST_INTERACTIONS + " interactions");
        }
        if (count == users.length) {
            users = Arrays.copyOf(users, 2 * count);
            items = Arrays.copyOf(items, 2 * count);
        }
        users[count] = user;
        items[count++] = item;
    }

    private int item(GzipLines file, String field) throws IOException {
        int item = file.number("item", field);
        itemCount = Math.max(itemCount, item + 1);
        return item;
    }

    private static void requireFields(GzipLines file, String[] fields, int expected) throws IOException {
        if (fields.length != expected) {
            throw file.broken("has " + fields.length + " tab-separated fields, must have " + expected
                    + ": user, item, rating, time");
        }
    }
}
