package dev.funnel.trainer.generate;

import dev.funnel.bundle.History;
import dev.funnel.trainer.prepare.PositiveRule;
import java.util.Arrays;

/**
 * The interactions of a history that speak for their items, as parallel arrays, newest first.
 *
 * @param items item indexes; one that occurs twice counts twice
 * @param weights what each counts
 */
public record SpeakingHistory(int[] items, float[] weights) {

    /** Those of a history: not dislikes, impressions and searches. */
    public static SpeakingHistory of(History history) {
        int[] items = new int[history.size()];
        float[] weights = new float[items.length];
        int size = 0;
        for (int i = 0; i < items.length; i++) {
            if (PositiveRule.speaks(history.kinds()[i])) {
                items[size] = history.items()[i];
                weights[size++] = history.weights()[i];
            }
        }
        return new SpeakingHistory(Arrays.copyOf(items, size), Arrays.copyOf(weights, size));
    }

    public boolean isEmpty() {
        return items.length == 0;
    }
}
