package dev.funnel.trainer.evaluate.ranker;

import dev.funnel.trainer.evaluate.GzipLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Reads Frappe in the split of He and Chua (2017): lines of a label and ten codes {@code n:1}, of the user, the app and the context.
 * The training part has positives alone; negatives are drawn as those of the validation part were: the same line with another app,
 * one that the user has in no positive of the training part. (Not one of the validation part's negatives is an app that the user is
 * known to use, in whatever context; drawn by context alone, one in a hundred would be.)
 */
final class FrappeReader {
    static final String TRAINING = "frappe.train.positives.libfm.gz";
    private static final String VALIDATION = "frappe.validation.libfm.gz";
    private static final String TEST = "frappe.test.libfm.gz";
    private static final String BELONGS = "the split of Frappe has " + TRAINING + ", " + VALIDATION + " and " + TEST;

    private static final List<String> FIELDS = List.of(
            "user", "item", "daytime", "weekday", "isweekend", "homework", "cost", "weather", "country", "city");
    private static final int USER = 0;
    private static final int ITEM = 1;
    private static final int FIRST_ITEM = 957;
    private static final int ITEMS = 4_082;
    private static final int VALUES = 5_382;
    private static final int NEGATIVES = 2;
    private static final int MOST_ROWS = 10_000_000;

    private final Path folder;
    private final long seed;

    FrappeReader(Path folder, long seed) {
        this.folder = folder;
        this.seed = seed;
    }

    /** One line: ten codes and a label. */
    private record Line(int[] codes, boolean positive) {
        Line withItem(int item) {
            int[] others = codes.clone();
            others[ITEM] = item;
            return new Line(others, false);
        }

        int user() {
            return codes[USER];
        }
    }

    RankerData read() throws IOException {
        Map<String, String> notes = new LinkedHashMap<>();
        List<Line> positives = read(TRAINING);
        notes.put(
                "negatives",
                ("the training part's are lost: redrawn, %d per positive, same user and context (cost included), "
                                + "an app the user has not used; networks: anew each epoch (redraw=0: once)")
                        .formatted(NEGATIVES));
        Layout layout = new Layout(FIELDS, VALUES, List.of(), 0, List.of());
        return new RankerData(
                "frappe",
                RankerData.Task.CHANCE,
                layout,
                draw(positives, 0),
                examples(read(VALIDATION)),
                examples(read(TEST)),
                epoch -> draw(positives, epoch),
                notes);
    }

    /** The positives, and negatives of their own for each epoch: no epoch of another seed has the same. */
    private Examples draw(List<Line> positives, int epoch) {
        SplittableRandom ofSeed = new SplittableRandom(seed);
        SplittableRandom random = ofSeed;
        for (int split = 0; split < epoch; split++) {
            random = ofSeed.split();
        }
        return examples(withNegatives(positives, random));
    }

    private List<Line> read(String name) throws IOException {
        List<Line> lines = new ArrayList<>();
        try (GzipLines file = GzipLines.open(folder.resolve(name), " ", BELONGS)) {
            for (String[] fields = file.next(); fields != null; fields = file.next()) {
                if (lines.size() == MOST_ROWS) {
                    throw file.broken("has more than " + MOST_ROWS + " rows");
                }
                lines.add(line(file, fields));
            }
            if (lines.isEmpty()) {
                throw file.broken("the file is empty");
            }
        }
        return lines;
    }

    private static Line line(GzipLines file, String[] fields) throws IOException {
        file.requireFields(fields, 1 + FIELDS.size(), "a label, and a code of each of " + String.join(", ", FIELDS));
        if (!fields[0].equals("1") && !fields[0].equals("-1")) {
            throw file.broken("the label is \"" + fields[0] + "\", must be 1 or -1");
        }
        int[] codes = new int[FIELDS.size()];
        for (int i = 0; i < codes.length; i++) {
            String field = fields[i + 1];
            if (!field.endsWith(":1")) {
                throw file.broken(FIELDS.get(i) + " is \"" + field + "\", must end with :1");
            }
            codes[i] = file.number(FIELDS.get(i), field.substring(0, field.length() - 2));
            if (codes[i] >= VALUES) {
                throw file.broken(FIELDS.get(i) + " is " + codes[i] + ", must be below " + VALUES);
            }
        }
        if (codes[ITEM] < FIRST_ITEM || codes[ITEM] >= FIRST_ITEM + ITEMS) {
            throw file.broken("item is " + codes[ITEM] + ", must be " + FIRST_ITEM + " to " + (FIRST_ITEM + ITEMS - 1));
        }
        return new Line(codes, fields[0].equals("1"));
    }

    private List<Line> withNegatives(List<Line> positives, SplittableRandom random) {
        Map<Integer, Set<Integer>> used = new HashMap<>();
        for (Line line : positives) {
            used.computeIfAbsent(line.user(), user -> new HashSet<>()).add(line.codes[ITEM]);
        }
        List<Line> all = new ArrayList<>();
        for (Line line : positives) {
            Set<Integer> taken = used.getOrDefault(line.user(), Set.of());
            all.add(line);
            for (int n = 0; n < NEGATIVES; n++) {
                int item = FIRST_ITEM + random.nextInt(ITEMS);
                while (taken.contains(item)) {
                    item = FIRST_ITEM + random.nextInt(ITEMS);
                }
                all.add(line.withItem(item));
            }
        }
        return all;
    }

    private static Examples examples(List<Line> lines) {
        int[][] fields = new int[FIELDS.size()][lines.size()];
        float[] labels = new float[lines.size()];
        for (int row = 0; row < labels.length; row++) {
            Line line = lines.get(row);
            for (int field = 0; field < fields.length; field++) {
                fields[field][row] = line.codes[field];
            }
            labels[row] = line.positive ? 1 : 0;
        }
        return new Examples(fields, new int[0][], new float[0][], labels);
    }
}
