package dev.funnel.trainer.rank;

import dev.funnel.trainer.learn.graph.ModelOutput;

/**
 * A straight line through a head's logits, z' = slope z + shift, after which the predictions have the mean that was seen, over the
 * examples and weighted by z: where the gradient of the quasi-likelihood (Wedderburn 1974) is 0 whose variance is that of a count, for odds,
 * or of a chance, for probabilities, which is Platt's scaling (1999) with the head's own link. It does not change the order.
 *
 * <p>A descent of few steps ends where its last steps' noise left it: seconds watched have a long tail, and the sum of what is predicted
 * would be some percent off even over the examples that were trained on. What a line cannot mend is {@link BendCalibration}'s.
 */
record MeanCalibration(double slope, double shift) {
    static final MeanCalibration NONE = new MeanCalibration(1, 0);

    private static final int STEPS = 50;
    private static final double CONVERGED = 1e-9;
    private static final double FLATTEST = .2;
    private static final double STEEPEST = 5;

    /** How a prediction follows from z'. */
    enum Link {
        ODDS {
            @Override
            double mean(double z) {
                return Math.exp(z);
            }

            @Override
            double variance(double mean) {
                return mean;
            }
        },
        PROBABILITY {
            @Override
            double mean(double z) {
                return 1 / (1 + Math.exp(-z));
            }

            @Override
            double variance(double mean) {
                return mean * (1 - mean);
            }
        };

        abstract double mean(double z);

        /** Up to a factor; also the derivative of the mean by z'. */
        abstract double variance(double mean);
    }

    /** The line for these examples, by Newton's method; the identity if they do not tell one that rises. */
    static MeanCalibration fit(Link link, float[] logits, float[] observed) {
        double slope = 1;
        double shift = 0;
        for (int step = 0; step < STEPS; step++) {
            Sums sums = new Sums(link, slope, shift, logits, observed);
            double determinant = sums.flat * sums.steep - sums.mixed * sums.mixed;
            double shiftBy = (sums.steep * sums.missing - sums.mixed * sums.missingSlope) / determinant;
            double slopeBy = (sums.flat * sums.missingSlope - sums.mixed * sums.missing) / determinant;
            if (!Double.isFinite(shiftBy) || !Double.isFinite(slopeBy)) {
                return NONE;
            }
            double damped = Math.min(1, 1 / Math.max(Math.abs(shiftBy), Math.abs(slopeBy)));
            shift += damped * shiftBy;
            slope += damped * slopeBy;
            if (Math.abs(shiftBy) + Math.abs(slopeBy) < CONVERGED) {
                break;
            }
        }
        return slope >= FLATTEST && slope <= STEEPEST ? new MeanCalibration(slope, shift) : NONE;
    }

    /** What Newton's step is made of: the gradient, and the curvature. */
    private static final class Sums {
        private double missing;
        private double missingSlope;
        private double flat;
        private double mixed;
        private double steep;

        Sums(Link link, double slope, double shift, float[] logits, float[] observed) {
            for (int i = 0; i < logits.length; i++) {
                double z = logits[i];
                double mean = link.mean(slope * z + shift);
                double variance = link.variance(mean);
                missing += observed[i] - mean;
                missingSlope += (observed[i] - mean) * z;
                flat += variance;
                mixed += variance * z;
                steep += variance * z * z;
            }
        }
    }

    /** z' of each. */
    float[] of(float[] logits) {
        float[] straightened = new float[logits.length];
        for (int i = 0; i < logits.length; i++) {
            straightened[i] = (float) (slope * logits[i] + shift);
        }
        return straightened;
    }

    /** The same head, put right. */
    ModelOutput.Transform before(ModelOutput.Transform transform) {
        return equals(NONE) ? transform : new ModelOutput.Rescaled((float) slope, (float) shift, transform);
    }
}
