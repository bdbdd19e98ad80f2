package dev.funnel.trainer.tower;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The items that one batch of examples is told apart from: its labels, and negatives drawn beside them, each item once.
 *
 * <p>An item with label share p and drawing share s is among them with probability pi = 1 - (1 - p)^B (1 - s)^S, for B labels of
 * other examples and S draws. Given the set, the label of an example is y with probability in proportion to P(y | x) / pi(y), because
 * y itself is there for certain; so a softmax over scores minus log pi learns scores that are log P(y | x), up to a constant
 * (Bengio and Senecal 2008; for labels of the batch as negatives Yi et al. 2019, section 4).
 *
 * @param items ascending
 * @param logChances log pi of each
 * @param labels by example, the places of its labels in {@code items}
 */
record CandidateSet(int[] items, float[] logChances, int[][] labels) {
    /** Places of those of the items that are candidates but none of an example's labels, ascending. */
    int[] without(int[] known, int example) {
        int[] own = labels[example];
        return Arrays.stream(known)
                .map(item -> Arrays.binarySearch(items, item))
                .filter(place -> place >= 0 && Arrays.stream(own).noneMatch(label -> label == place))
                .sorted()
                .distinct()
                .toArray();
    }

    /** How many labels there are. */
    int labelCount() {
        return Arrays.stream(labels).mapToInt(own -> own.length).sum();
    }

    /** Draws candidate sets. For one thread. */
    static final class Drawing {
        private final float[] labelShares;
        private final double[] cumulative;
        private final int negatives;
        private final boolean all;
        private final int[] place;

        Drawing(float[] labelShares, TowerSettings.Sampling sampling, long labels) {
            this.labelShares = labelShares;
            this.negatives = sampling.negatives();
            this.all = negatives >= labelShares.length;
            this.cumulative = new double[labelShares.length];
            this.place = new int[labelShares.length];
            double sum = 0;
            for (int item = 0; item < cumulative.length; item++) {
                sum += Math.pow(labelShares[item] * labels + 1, sampling.exponent());
                cumulative[item] = sum;
            }
            for (int item = 0; item < cumulative.length; item++) {
                cumulative[item] /= sum;
            }
        }

        /** The candidates of a batch with these labels. */
        CandidateSet draw(int[][] labels, SplittableRandom random) {
            Arrays.fill(place, -1);
            int labelCount = 0;
            for (int[] own : labels) {
                labelCount += own.length;
                for (int label : own) {
                    place[label] = 0;
                }
            }
            double others = labelCount - (double) labelCount / labels.length;
            for (int draw = 0; draw < negatives && !all; draw++) {
                place[drawn(random.nextDouble())] = 0;
            }
            if (all) {
                Arrays.fill(place, 0);
            }
            int size = 0;
            int[] items = new int[place.length];
            for (int item = 0; item < place.length; item++) {
                if (place[item] == 0) {
                    place[item] = size;
                    items[size++] = item;
                }
            }
            float[] logChances = new float[size];
            for (int i = 0; i < size; i++) {
                logChances[i] = all ? 0 : logChance(items[i], others);
            }
            return new CandidateSet(
                    Arrays.copyOf(items, size),
                    logChances,
                    Arrays.stream(labels)
                            .map(own -> Arrays.stream(own)
                                    .map(label -> place[label])
                                    .toArray())
                            .toArray(int[][]::new));
        }

        private int drawn(double share) {
            int at = Arrays.binarySearch(cumulative, share);
            return Math.min(at >= 0 ? at + 1 : -at - 1, cumulative.length - 1);
        }

        private float logChance(int item, double others) {
            double drawShare = cumulative[item] - (item == 0 ? 0 : cumulative[item - 1]);
            double absent = others * Math.log1p(-Math.min(labelShares[item], 1 - 1e-9))
                    + negatives * Math.log1p(-Math.min(drawShare, 1 - 1e-9));
            return (float) Math.log(Math.max(1e-12, -Math.expm1(absent)));
        }
    }
}
