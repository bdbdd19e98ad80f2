package dev.funnel.reranker.rule;

import java.util.Arrays;
import java.util.Locale;

/**
 * MMR in one request. Each item's similarity to the nearest placed item is kept and brought up to date when the item is looked
 * at, so that an item is compared at most once with each placed one: k places cost at most {@code k * window} comparisons, and
 * one more for each item and place that a limit held back.
 */
final class MmrChoice implements SlateRule.Choice {
    private static final int NONE = -1;

    private final Shortlist shortlist;
    private final ItemSimilarity similarity;
    private final double lambda;
    private final double worst;
    private final double span;
    private final float[] nearness;
    private final int[] nearest;
    private final int[] compared;
    private int[] placed = new int[64];
    private int placedCount;

    MmrChoice(Mmr rule, Shortlist shortlist) {
        int size = shortlist.size();
        this.shortlist = shortlist;
        this.similarity = new ItemSimilarity(shortlist, rule.embeddingWeight(), rule.categoryWeight());
        this.lambda = rule.lambda();
        this.worst = size == 0 ? 0 : shortlist.score(Math.min(size, rule.window()) - 1);
        double range = size == 0 ? 0 : shortlist.score(0) - worst;
        this.span = range > 0 ? range : 1;
        this.nearness = new float[size];
        this.nearest = new int[size];
        this.compared = new int[size];
        Arrays.fill(nearest, NONE);
    }

    @Override
    public int choose(int[] open, int count) {
        int best = open[0];
        double bestGain = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            compare(open[i]);
            double gain = gain(open[i]);
            if (gain > bestGain) {
                bestGain = gain;
                best = open[i];
            }
        }
        return best;
    }

    @Override
    public void placed(int rank) {
        if (placedCount == placed.length) {
            placed = Arrays.copyOf(placed, 2 * placedCount);
        }
        placed[placedCount++] = rank;
    }

    @Override
    public String reason(int rank) {
        if (nearest[rank] == NONE) {
            return "like nothing above it";
        }
        return String.format(
                Locale.ROOT,
                "similarity %.2f to '%s' at place %d",
                nearness[rank],
                shortlist.id(placed[nearest[rank]]),
                nearest[rank] + 1);
    }

    private double gain(int rank) {
        double relevance = (shortlist.score(rank) - worst) / span;
        return lambda * relevance - (1 - lambda) * nearness[rank];
    }

    /** Compares an item with those placed since it was last looked at. */
    private void compare(int rank) {
        for (int i = compared[rank]; i < placedCount; i++) {
            float similar = similarity.of(placed[i], rank);
            if (similar > nearness[rank]) {
                nearness[rank] = similar;
                nearest[rank] = i;
            }
        }
        compared[rank] = placedCount;
    }
}
