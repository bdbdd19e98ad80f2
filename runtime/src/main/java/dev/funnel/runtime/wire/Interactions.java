package dev.funnel.runtime.wire;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Interactions as parallel columns of equal length, newest first, every value filled in.
 *
 * @param itemIds the items; empty text for a search
 * @param kinds what was done, as {@link InteractionKind#number()}
 * @param timesMs milliseconds since 1970-01-01T00:00:00Z; 0 is unknown
 * @param watchedMs how long each was watched, in milliseconds; -1 is unknown
 * @param weights how much each counts, in (0, 1000]
 * @param queryTexts what was searched for, empty text for what is no search; an empty list where that is not known, as in what stages send
 *     each other
 */
public record Interactions(
        List<String> itemIds,
        byte[] kinds,
        long[] timesMs,
        long[] watchedMs,
        float[] weights,
        List<String> queryTexts) {
    public static final Interactions NONE =
            new Interactions(List.of(), new byte[0], new long[0], new long[0], new float[0]);

    /** Interactions of whose searches the texts are not known. */
    public Interactions(List<String> itemIds, byte[] kinds, long[] timesMs, long[] watchedMs, float[] weights) {
        this(itemIds, kinds, timesMs, watchedMs, weights, List.of());
    }

    public Interactions {
        int size = itemIds.size();
        if (kinds.length != size
                || timesMs.length != size
                || watchedMs.length != size
                || weights.length != size
                || (!queryTexts.isEmpty() && queryTexts.size() != size)) {
            throw new IllegalArgumentException("columns of interactions differ in length");
        }
    }

    public int size() {
        return itemIds.size();
    }

    public InteractionKind kind(int index) {
        return InteractionKind.ofNumber(kinds[index]);
    }

    /** What was searched for, the latest first. */
    public List<String> searches() {
        return IntStream.range(0, queryTexts.size())
                .filter(row -> kind(row) == InteractionKind.SEARCH)
                .mapToObj(queryTexts::get)
                .filter(text -> !text.isBlank())
                .toList();
    }
}
