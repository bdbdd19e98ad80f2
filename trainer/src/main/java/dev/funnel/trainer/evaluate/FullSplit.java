package dev.funnel.trainer.evaluate;

import dev.funnel.trainer.Progress;
import dev.funnel.trainer.fit.SparseRows;
import dev.funnel.trainer.read.InputTable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A split with any number of held-out items per user, measured on the full ranking, see {@link FullEvaluation}.
 *
 * @param heldOut for each user the held-out items, ascending, none of them in its row of {@code train}
 * @param k how many items of the ranking count
 * @param readNotes what was found when reading
 */
public record FullSplit(
        SparseRows train, int[][] heldOut, InputTable users, InputTable items, int k, Map<String, String> readNotes)
        implements Split {

    /** The full ranking of a leave-one-out split. */
    public static FullSplit of(NcfSplit split, int k) {
        int[][] heldOut = Arrays.stream(split.data().heldOut())
                .mapToObj(item -> new int[] {item})
                .toArray(int[][]::new);
        return new FullSplit(split.train(), heldOut, split.users(), split.items(), k, Map.of());
    }

    @Override
    public Protocol protocol() {
        return Protocol.FULL;
    }

    @Override
    public Map<String, Double> measure(Scorer scorer, int threads, Progress progress) {
        return FullEvaluation.evaluate(scorer, train, heldOut, k, threads, progress);
    }

    @Override
    public Map<String, String> notes() {
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("users", Integer.toString(train.rows()));
        notes.put("items", Integer.toString(train.columns()));
        notes.put("train_interactions", Integer.toString(train.entries()));
        notes.put(
                "evaluated_users",
                Long.toString(
                        Arrays.stream(heldOut).filter(items -> items.length > 0).count()));
        notes.put(
                "test_interactions",
                Long.toString(
                        Arrays.stream(heldOut).mapToLong(items -> items.length).sum()));
        notes.put("recall", FullEvaluation.CONVENTION);
        notes.putAll(readNotes);
        return notes;
    }
}
