package dev.funnel.trainer.train;

import dev.funnel.trainer.Progress;
import dev.funnel.trainer.evaluate.FullSplit;
import dev.funnel.trainer.fit.SparseRows;
import dev.funnel.trainer.prepare.Deeds;
import dev.funnel.trainer.prepare.PositiveRule;
import dev.funnel.trainer.read.InputColumn;
import dev.funnel.trainer.read.InputTable;
import dev.funnel.trainer.read.InteractionFiles;
import dev.funnel.trainer.read.InteractionLog;
import dev.funnel.trainer.read.ReadSettings;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Two files of interactions as a split: what speaks for an item in the first is fitted on, with its weight; what is positive in the
 * second is held out ({@link PositiveRule}). An item that a user has in both is no longer asked for: it is not in the
 * ranking. Users and items that only the second file knows count: nothing can be known of them, so they are mostly missed.
 */
public final class HeldOutFiles {

    private HeldOutFiles() {}

    /**
     * Reads them.
     *
     * @param k how many items of the ranking count
     * @throws dev.funnel.trainer.read.InputRefusedException if a file cannot be used, naming it and why
     */
    public static FullSplit read(InteractionFiles.Paths paths, int k, Progress progress) throws IOException {
        InteractionFiles files = InteractionFiles.read(paths, ReadSettings.DEFAULT, progress);
        Deeds known = deeds(files, files.train());
        SparseRows train = known.matrix(IntStream.range(0, known.size()).toArray());
        Deeds asked = deeds(files, files.test());
        Map<String, String> notes = new LinkedHashMap<>();
        int[][] heldOut = heldOut(asked, train, notes);
        notes.put("bad_rows", Long.toString(files.report().badRows()));
        return new FullSplit(train, heldOut, files.users(), files.items(), k, notes);
    }

    private static Deeds deeds(InteractionFiles files, InteractionLog log) {
        return Deeds.of(
                log, files.users().size(), files.items().size(), durations(files.items()), PositiveRule.DEFAULT);
    }

    private static float[] durations(InputTable items) {
        if (items.columns().get("duration_seconds") instanceof InputColumn.Numbers numbers) {
            return numbers.values();
        }
        float[] unknown = new float[items.size()];
        Arrays.fill(unknown, Float.NaN);
        return unknown;
    }

    private static int[][] heldOut(Deeds asked, SparseRows train, Map<String, String> notes) {
        SparseRows positives = asked.matrix(IntStream.range(0, asked.size())
                .filter(i -> asked.positive()[i])
                .toArray());
        int[][] heldOut = new int[train.rows()][];
        int trained = 0;
        int strangers = 0;
        for (int user = 0; user < heldOut.length; user++) {
            int of = user;
            int[] items = positives.columnsOf(user);
            heldOut[user] =
                    Arrays.stream(items).filter(item -> !train.has(of, item)).toArray();
            trained += items.length - heldOut[user].length;
            strangers += heldOut[user].length > 0 && train.count(user) == 0 ? 1 : 0;
        }
        notes.put("test_interactions_also_in_train", Integer.toString(trained));
        notes.put("evaluated_users_without_training", Integer.toString(strangers));
        return heldOut;
    }
}
