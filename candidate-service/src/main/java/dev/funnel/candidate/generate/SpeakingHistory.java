package dev.funnel.candidate.generate;

import dev.funnel.bundle.History;
import dev.funnel.candidate.cache.QueryVectors;
import dev.funnel.runtime.wire.InteractionKind;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The interactions that speak for their items, as parallel arrays, newest first: what history-based generators search from.
 *
 * @param items item indexes; one that occurs twice counts twice
 * @param weights what each counts, above 0
 */
record SpeakingHistory(int[] items, float[] weights) implements QueryVectors.Ingredients {
    /** The newest {@code most} that speak: not impressions, dislikes and searches. */
    static SpeakingHistory of(Question question, InteractionStrength strength, int most) {
        History history = question.history();
        int[] items = new int[Math.min(most, history.size())];
        float[] weights = new float[items.length];
        int kept = 0;
        for (int i = 0; i < history.size() && kept < items.length; i++) {
            float weight = strength.of(history, i, i < question.freshCount());
            if (weight > 0 && InteractionKind.ofNumber(history.kinds()[i]).isPositive()) {
                items[kept] = history.items()[i];
                weights[kept++] = weight;
            }
        }
        return new SpeakingHistory(Arrays.copyOf(items, kept), Arrays.copyOf(weights, kept));
    }

    /** Of them the items that have a place. */
    SpeakingHistory in(ItemPlaces places) {
        int[] kept =
                IntStream.range(0, size()).filter(i -> places.holds(items[i])).toArray();
        if (kept.length == size()) {
            return this;
        }
        SpeakingHistory placed = new SpeakingHistory(new int[kept.length], new float[kept.length]);
        for (int i = 0; i < kept.length; i++) {
            placed.items[i] = items[kept[i]];
            placed.weights[i] = weights[kept[i]];
        }
        return placed;
    }

    int size() {
        return items.length;
    }

    @Override
    public int bytes() {
        return size() * (Integer.BYTES + Float.BYTES);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SpeakingHistory history
                && Arrays.equals(items, history.items)
                && Arrays.equals(weights, history.weights);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(items) + Arrays.hashCode(weights);
    }

    boolean isEmpty() {
        return items.length == 0;
    }

    /** The same with an item in front that counts 1. */
    SpeakingHistory with(int item) {
        int[] moreItems = new int[size() + 1];
        float[] moreWeights = new float[size() + 1];
        moreItems[0] = item;
        moreWeights[0] = 1;
        System.arraycopy(items, 0, moreItems, 1, size());
        System.arraycopy(weights, 0, moreWeights, 1, size());
        return new SpeakingHistory(moreItems, moreWeights);
    }
}
