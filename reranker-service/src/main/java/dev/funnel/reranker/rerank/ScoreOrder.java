package dev.funnel.reranker.rerank;

import dev.funnel.runtime.wire.ComparedScore;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntFunction;

/** The order of items: by {@link ComparedScore}, best first, then by id. It never depends on the order of arrival. */
final class ScoreOrder {
    private ScoreOrder() {}

    /**
     * {@code positions} in order, as a new array.
     *
     * @param scores finite scores, by position
     * @param ids ids, by position; compared only where scores compare as equal
     */
    static int[] sorted(int[] positions, float[] scores, IntFunction<String> ids) {
        long[] keys = new long[positions.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = (long) descending(scores[positions[i]]) << Integer.SIZE | positions[i];
        }
        Arrays.sort(keys);
        int[] sorted = new int[keys.length];
        for (int i = 0; i < keys.length; i++) {
            sorted[i] = (int) keys[i];
        }
        sortTies(sorted, scores, ids);
        return sorted;
    }

    /** An int that is smaller the larger the score. */
    private static int descending(float score) {
        int bits = Float.floatToRawIntBits(ComparedScore.of(score));
        return ~(bits ^ (bits >> 31 & Integer.MAX_VALUE));
    }

    private static void sortTies(int[] sorted, float[] scores, IntFunction<String> ids) {
        int start = 0;
        for (int end = 1; end <= sorted.length; end++) {
            if (end == sorted.length || descending(scores[sorted[end]]) != descending(scores[sorted[start]])) {
                sortById(sorted, start, end, ids);
                start = end;
            }
        }
    }

    private static void sortById(int[] sorted, int start, int end, IntFunction<String> ids) {
        if (end - start > 1) {
            int[] tied = Arrays.stream(sorted, start, end)
                    .boxed()
                    .sorted(Comparator.comparing(ids::apply))
                    .mapToInt(Integer::intValue)
                    .toArray();
            System.arraycopy(tied, 0, sorted, start, tied.length);
        }
    }
}
