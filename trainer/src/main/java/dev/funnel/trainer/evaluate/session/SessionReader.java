package dev.funnel.trainer.evaluate.session;

import dev.funnel.trainer.evaluate.GzipLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads sessions in the form in which Diginetica is published by SR-GNN (Wu et al. 2019, <i>Session-based Recommendation with Graph
 * Neural Networks</i>): {@code train_sessions.txt.gz} has a session a line, items numbered from 1 with a blank between;
 * {@code test_prefix_label.txt.gz} has the beginning of a session, a tab, and the item that came next.
 */
final class SessionReader {

    static final String TRAINING = "train_sessions.txt.gz";
    private static final String TEST = "test_prefix_label.txt.gz";
    private static final String BELONGS = "a data set of sessions has " + TRAINING + " and " + TEST + " in one folder";

    private static final int MOST_SESSIONS = 10_000_000;

    private final Path folder;
    private int items;

    SessionReader(Path folder) {
        this.folder = folder;
    }

    SessionData read() throws IOException {
        List<int[]> train = new ArrayList<>();
        try (GzipLines file = GzipLines.open(folder.resolve(TRAINING), " ", BELONGS)) {
            for (String[] fields = file.next(); fields != null; fields = file.next()) {
                requireRoom(file, train.size());
                train.add(session(file, fields));
            }
        }
        List<int[]> asked = new ArrayList<>();
        List<Integer> next = new ArrayList<>();
        try (GzipLines file = GzipLines.open(folder.resolve(TEST), "\t", BELONGS)) {
            for (String[] fields = file.next(); fields != null; fields = file.next()) {
                requireRoom(file, asked.size());
                file.requireFields(fields, 2, "the beginning of a session and the item that came next");
                asked.add(session(file, fields[0].split(" ", -1)));
                next.add(item(file, fields[1]));
            }
            if (asked.isEmpty()) {
                throw file.broken("the file is empty, must have a line for each question");
            }
        }
        return new SessionData(
                items,
                train.toArray(int[][]::new),
                asked.toArray(int[][]::new),
                next.stream().mapToInt(Integer::intValue).toArray());
    }

    private static void requireRoom(GzipLines file, int lines) throws IOException {
        if (lines == MOST_SESSIONS) {
            throw file.broken("has more than " + MOST_SESSIONS + " lines");
        }
    }

    private int[] session(GzipLines file, String[] fields) throws IOException {
        int[] session = new int[fields.length];
        for (int i = 0; i < session.length; i++) {
            session[i] = item(file, fields[i]);
        }
        return session;
    }

    private int item(GzipLines file, String field) throws IOException {
        int item = file.number("item", field) - 1;
        if (item < 0) {
            throw file.broken("item is 0, must be at least 1");
        }
        items = Math.max(items, item + 1);
        return item;
    }
}
