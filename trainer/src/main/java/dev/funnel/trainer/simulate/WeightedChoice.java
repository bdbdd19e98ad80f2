package dev.funnel.trainer.simulate;

import java.util.Arrays;

/** A draw of indexes in proportion to weights, in constant time: the alias method (Vose 1991). */
final class WeightedChoice {

    private final double[] keep;
    private final int[] alias;

    /** @param weights at least one, none negative, not all zero */
    WeightedChoice(double[] weights) {
        int n = weights.length;
        double mean = Arrays.stream(weights).sum() / n;
        keep = new double[n];
        alias = new int[n];
        int[] small = new int[n];
        int[] large = new int[n];
        int smalls = 0;
        int larges = 0;
        for (int i = 0; i < n; i++) {
            keep[i] = weights[i] / mean;
            alias[i] = i;
            if (keep[i] < 1) {
                small[smalls++] = i;
            } else {
                large[larges++] = i;
            }
        }
        while (smalls > 0 && larges > 0) {
            int poor = small[--smalls];
            int rich = large[larges - 1];
            alias[poor] = rich;
            keep[rich] -= 1 - keep[poor];
            if (keep[rich] < 1) {
                larges--;
                small[smalls++] = rich;
            }
        }
    }

    int draw(Dice dice) {
        int i = dice.below(keep.length);
        return dice.uniform() < keep[i] ? i : alias[i];
    }
}
