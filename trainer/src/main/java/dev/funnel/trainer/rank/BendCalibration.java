package dev.funnel.trainer.rank;

import dev.funnel.trainer.learn.graph.ModelOutput;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A bent line through a head's logits, z' = z + f(z), after which the predictions of each of a few parts, from low to high, have the mean
 * that was seen. f is linear between the parts' middles and constant outside them, and falls more slowly than z rises: the order stays.
 *
 * <p>What a straight line cannot mend: a network that knows its training examples better than new ones is too sure of what is poor, and
 * right about what is good. A part has {@value #POSITIVES} positives, about, so that its mean is known to some percent.
 *
 * @param knots rising
 * @param offsets f at the knots
 */
record BendCalibration(double[] knots, double[] offsets) {
    static final int POSITIVES = 2_500;
    private static final int MOST_PARTS = 10;
    private static final int ROUNDS = 5;
    private static final double STEEPEST_FALL = -.8;
    private static final double CLOSEST = 1e-3;
    private static final double MOST_OFFSET = 2;

    /** Logits, rising, with what was seen of each. */
    private record Sorted(double[] logits, double[] observed) {
        static Sorted of(float[] logits, float[] observed) {
            int[] order = IntStream.range(0, logits.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> logits[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            return new Sorted(
                    Arrays.stream(order).mapToDouble(i -> logits[i]).toArray(),
                    Arrays.stream(order).mapToDouble(i -> observed[i]).toArray());
        }

        /** Where parts with equally many positives end; there are as many as there are positives for. */
        int[] ends() {
            long positives = Arrays.stream(observed).filter(seen -> seen > 0).count();
            int parts = (int) Math.clamp(positives / POSITIVES, 0, MOST_PARTS);
            int[] ends = new int[parts];
            long before = 0;
            int part = 0;
            for (int i = 0; i < observed.length && part < parts - 1; i++) {
                before += observed[i] > 0 ? 1 : 0;
                if (before * parts >= positives * (part + 1)) {
                    ends[part++] = i + 1;
                }
            }
            if (parts > 0) {
                ends[parts - 1] = observed.length;
            }
            return ends;
        }
    }

    /** The bent line for these examples; the identity where there are too few positives for two parts. */
    static BendCalibration fit(MeanCalibration.Link link, float[] logits, float[] observed) {
        Sorted sorted = Sorted.of(logits, observed);
        int[] ends = sorted.ends();
        BendCalibration bend = new BendCalibration(new double[ends.length], new double[ends.length]);
        if (ends.length < 2) {
            return new BendCalibration(new double[0], new double[0]);
        }
        for (int part = 0; part < ends.length; part++) {
            bend.knots[part] = middle(link, sorted, part == 0 ? 0 : ends[part - 1], ends[part]);
        }
        if (!bend.rises()) {
            return new BendCalibration(new double[0], new double[0]);
        }
        for (int round = 0; round < ROUNDS; round++) {
            double[] missing = new double[ends.length];
            for (int part = 0; part < ends.length; part++) {
                missing[part] = bend.missing(link, sorted, part == 0 ? 0 : ends[part - 1], ends[part]);
            }
            for (int part = 0; part < ends.length; part++) {
                bend.offsets[part] = Math.clamp(bend.offsets[part] + missing[part], -MOST_OFFSET, MOST_OFFSET);
            }
            bend.keepOrder();
        }
        return bend;
    }

    private boolean rises() {
        return IntStream.range(1, knots.length).allMatch(k -> knots[k] - knots[k - 1] > CLOSEST);
    }

    /** The mean logit of examples by how much they are predicted. */
    private static double middle(MeanCalibration.Link link, Sorted of, int from, int to) {
        double sum = 0;
        double weight = 0;
        for (int i = from; i < to; i++) {
            double mean = link.mean(of.logits[i]);
            sum += mean * of.logits[i];
            weight += mean;
        }
        return sum / weight;
    }

    /** One step of Newton's method towards the shift after which a part has the mean that was seen; at most 1 at a time. */
    private double missing(MeanCalibration.Link link, Sorted of, int from, int to) {
        double missing = 0;
        double curvature = 0;
        for (int i = from; i < to; i++) {
            double mean = link.mean(at(of.logits[i]));
            missing += of.observed[i] - mean;
            curvature += link.variance(mean);
        }
        return Math.clamp(missing / curvature, -1, 1);
    }

    /** Lets f nowhere fall so steeply that z' would not rise. */
    private void keepOrder() {
        for (int k = 1; k < knots.length; k++) {
            double lowest = offsets[k - 1] + STEEPEST_FALL * (knots[k] - knots[k - 1]);
            offsets[k] = Math.max(offsets[k], lowest);
        }
    }

    /** z'. */
    double at(double z) {
        double bent = z + offsets[0];
        for (int k = 0; k < knots.length; k++) {
            bent += bend(k) * Math.max(0, z - knots[k]);
        }
        return bent;
    }

    /** By how much the slope changes at a knot. */
    private double bend(int k) {
        return slopeAfter(k) - slopeAfter(k - 1);
    }

    private double slopeAfter(int k) {
        return k < 0 || k == knots.length - 1 ? 0 : (offsets[k + 1] - offsets[k]) / (knots[k + 1] - knots[k]);
    }

    /** The same head, put right. */
    ModelOutput.Transform before(ModelOutput.Transform transform) {
        if (knots.length == 0) {
            return transform;
        }
        float[] at = new float[knots.length];
        float[] bends = new float[knots.length];
        for (int k = 0; k < at.length; k++) {
            at[k] = (float) knots[k];
            bends[k] = (float) bend(k);
        }
        return new ModelOutput.Bent(at, bends, (float) offsets[0], transform);
    }
}
