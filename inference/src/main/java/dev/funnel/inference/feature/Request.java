package dev.funnel.inference.feature;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request as features see it: the input, and what is worked out of it once for all candidates. Immutable; slices of the
 * pool may be read by several threads.
 */
public final class Request {
    private final RankingInput input;
    private final RecentWatches recent;
    private final ValueSummary[] summaries;
    private final float[][] means;
    private final float[] meanNorms;
    private final int[][] matches;
    private final @Nullable GeneratorSignals[] signals;
    private final Map<Integer, Integer> unclicked;

    Request(
            RankingInput input,
            RecentWatches recent,
            ValueSummary[] summaries,
            float[][] means,
            int[][] matches,
            @Nullable GeneratorSignals[] signals,
            Map<Integer, Integer> unclicked) {
        this.input = input;
        this.recent = recent;
        this.summaries = summaries;
        this.means = means;
        this.meanNorms = new float[means.length];
        for (int slot = 0; slot < means.length; slot++) {
            meanNorms[slot] = VectorRows.norm(means[slot]);
        }
        this.matches = matches;
        this.signals = signals;
        this.unclicked = unclicked;
    }

    /** What was asked to be scored. */
    public RankingInput input() {
        return input;
    }

    RecentWatches recent() {
        return recent;
    }

    /** How many summaries there are. */
    int summaries() {
        return summaries.length;
    }

    /** How many means there are. */
    int means() {
        return means.length;
    }

    /** Of the recent watches, by the values of the column in that slot. */
    ValueSummary summary(int slot) {
        return summaries[slot];
    }

    /** Mean of the recent watches' rows of the table in that slot; zero without watches. */
    float[] mean(int slot) {
        return means[slot];
    }

    /** Euclidean norm of {@link #mean}. */
    float meanNorm(int slot) {
        return meanNorms[slot];
    }

    /** Codes that the context or the profile has for the column in that slot; empty if neither has a value. */
    int[] matches(int slot) {
        return matches[slot];
    }

    /** What the generator in that slot said; null if it was not asked. */
    @Nullable
    GeneratorSignals signals(int slot) {
        return signals[slot];
    }

    /** How often the item was shown without a click. */
    int unclicked(int item) {
        return unclicked.getOrDefault(item, 0);
    }
}
