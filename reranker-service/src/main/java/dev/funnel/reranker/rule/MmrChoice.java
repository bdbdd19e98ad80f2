package dev.funnel.reranker.rule;

import java.util.Arrays;
import java.util.Locale;

/**
 * MMR in one request. The nearness of each item looked at, its similarity to the placed item most like it, is kept up to date as
 * items are placed: k places cost k comparisons of one item with all, and one more for each item looked at after the first.
 */
final class MmrChoice implements SlateRule.Choice {
    private static final int NONE = -1;

    private final Shortlist shortlist;
    private final ItemSimilarity similarity;
    private final double lambda;
    private final double worst;
    private final double span;
    private float[] nearness;
    private int[] nearest;
    private boolean[] settled;
    private int[] placed = new int[64];
    private int placedCount;

    MmrChoice(Mmr rule, Shortlist shortlist) {
        int size = shortlist.size();
        int expected = Math.min(size, rule.window() + placed.length);
        this.shortlist = shortlist;
        this.similarity = new ItemSimilarity(shortlist, rule.weights(), expected);
        this.lambda = rule.lambda();
        this.worst = size == 0 ? 0 : shortlist.score(Math.min(size, rule.window()) - 1);
        double range = size == 0 ? 0 : shortlist.score(0) - worst;
        this.span = range > 0 ? range : 1;
        this.nearness = new float[expected];
        this.nearest = new int[expected];
        this.settled = new boolean[expected];
    }

    @Override
    public int choose(int[] open, int count) {
        int best = open[0];
        double bestGain = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
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
        int slot = lookedAt(rank);
        settled[slot] = true;
        float[] similarities = similarity.toAll(slot);
        for (int other = 0; other < similarity.gathered(); other++) {
            if (similarities[other] > nearness[other] && !settled[other]) {
                nearness[other] = similarities[other];
                nearest[other] = placedCount;
            }
        }
        if (placedCount == placed.length) {
            placed = Arrays.copyOf(placed, 2 * placedCount);
        }
        placed[placedCount++] = rank;
    }

    @Override
    public String reason(int rank) {
        int slot = lookedAt(rank);
        if (nearest[slot] == NONE) {
            return "like nothing above it";
        }
        String other = shortlist.id(placed[nearest[slot]]);
        return String.format(
                Locale.ROOT, "similarity %.2f to '%s' at place %d", nearness[slot], other, nearest[slot] + 1);
    }

    private double gain(int rank) {
        int slot = lookedAt(rank);
        double relevance = (shortlist.score(rank) - worst) / span;
        return lambda * relevance - (1 - lambda) * nearness[slot];
    }

    /** The slot of an item; one that is looked at for the first time is compared with those placed. */
    private int lookedAt(int rank) {
        if (similarity.holds(rank)) {
            return similarity.slot(rank);
        }
        int slot = similarity.slot(rank);
        makeRoom(slot);
        nearest[slot] = NONE;
        if (placedCount > 0) {
            float[] similarities = similarity.toAll(slot);
            for (int place = 0; place < placedCount; place++) {
                float similar = similarities[similarity.slot(placed[place])];
                if (similar > nearness[slot]) {
                    nearness[slot] = similar;
                    nearest[slot] = place;
                }
            }
        }
        return slot;
    }

    private void makeRoom(int slot) {
        if (slot == nearness.length) {
            nearness = Arrays.copyOf(nearness, 2 * slot + 1);
            nearest = Arrays.copyOf(nearest, 2 * slot + 1);
            settled = Arrays.copyOf(settled, 2 * slot + 1);
        }
    }
}
