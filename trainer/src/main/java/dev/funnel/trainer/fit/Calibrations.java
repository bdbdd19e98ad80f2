package dev.funnel.trainer.fit;

import dev.funnel.bundle.Calibration;

/**
 * Turns a generator's scores into probabilities of a watch, so that scores of different generators can be compared: Platt
 * scaling, a logistic regression of "watched" on the score.
 *
 * <p>Minimises the cross-entropy by Newton steps with a line search, with targets pulled in by one observation of each kind, after Lin, Lin and
 * Weng (2007), <i>A Note on Platt's Probabilistic Outputs for Support Vector Machines</i>, algorithm 1. Scores are standardised
 * first, which makes the steps well-conditioned whatever the generator's scale.
 *
 * <p>A higher score never means less: where the data say otherwise (among the most popular items the very first may be watched
 * less than the next, because everybody has), the slope is the least that still keeps the generator's order.
 */
public final class Calibrations {

    private static final int MOST_STEPS = 100;
    private static final double SMALLEST_STEP = 1e-10;
    private static final double CONVERGED = 1e-7;
    private static final double RIDGE = 1e-12;

    /** Per standard deviation of the scores: 1 % in the odds, well above the precision of a float. */
    private static final double LEAST_SLOPE = 0.01;

    private final double[] scores;
    private final boolean[] watched;
    private final double high;
    private final double low;
    private double slope;
    private double intercept;

    private Calibrations(double[] standardised, boolean[] watched, long positives) {
        this.scores = standardised;
        this.watched = watched;
        long negatives = watched.length - positives;
        this.high = (positives + 1.0) / (positives + 2.0);
        this.low = 1.0 / (negatives + 2.0);
        this.intercept = Math.log((positives + 1.0) / (negatives + 1.0));
    }

    /**
     * The calibration that fits the observations best. With no observation, or with equal scores throughout, its slope is 0 and
     * it gives everything the same probability.
     *
     * @param scores one finite score per observation
     * @param watched whether that was watched, in the same order
     */
    public static Calibration fit(float[] scores, boolean[] watched) {
        if (scores.length != watched.length) {
            throw new IllegalArgumentException(scores.length + " scores but " + watched.length + " outcomes");
        }
        double mean = mean(scores);
        double deviation = deviation(scores, mean);
        double scale = deviation > 0 ? 1 / deviation : 0;
        double[] standardised = new double[scores.length];
        for (int i = 0; i < scores.length; i++) {
            standardised[i] = (scores[i] - mean) * scale;
        }
        return new Calibrations(standardised, watched, count(watched)).fit(mean, scale);
    }

    private Calibration fit(double mean, double scale) {
        for (int step = 0; step < MOST_STEPS && newtonStep(); step++) {
            // Each step does its own work and says whether there is more to gain.
        }
        double rising = Math.max(slope, LEAST_SLOPE);
        return new Calibration(rising * scale, intercept - rising * scale * mean);
    }

    /** One Newton step, shortened until it helps; false once there is nothing to gain. */
    private boolean newtonStep() {
        double gradientSlope = 0;
        double gradientIntercept = 0;
        double curveSlope = RIDGE;
        double curveIntercept = RIDGE;
        double curveBoth = 0;
        for (int i = 0; i < scores.length; i++) {
            double probability = sigmoid(slope * scores[i] + intercept);
            double error = probability - target(i);
            double curve = probability * (1 - probability);
            gradientSlope += error * scores[i];
            gradientIntercept += error;
            curveSlope += curve * scores[i] * scores[i];
            curveIntercept += curve;
            curveBoth += curve * scores[i];
        }
        if (Math.max(Math.abs(gradientSlope), Math.abs(gradientIntercept)) < CONVERGED * Math.max(1, scores.length)) {
            return false;
        }
        double determinant = curveSlope * curveIntercept - curveBoth * curveBoth;
        double stepSlope = (curveBoth * gradientIntercept - curveIntercept * gradientSlope) / determinant;
        double stepIntercept = (curveBoth * gradientSlope - curveSlope * gradientIntercept) / determinant;
        return walk(stepSlope, stepIntercept, gradientSlope * stepSlope + gradientIntercept * stepIntercept);
    }

    /** Goes the step, halved until the loss falls as the gradient promises (Armijo's rule). */
    private boolean walk(double stepSlope, double stepIntercept, double promise) {
        double before = loss(slope, intercept);
        for (double share = 1; share > SMALLEST_STEP; share /= 2) {
            double newSlope = slope + share * stepSlope;
            double newIntercept = intercept + share * stepIntercept;
            if (loss(newSlope, newIntercept) < before + 1e-4 * share * promise) {
                slope = newSlope;
                intercept = newIntercept;
                return true;
            }
        }
        return false;
    }

    /** The cross-entropy: log(1 + e^z) - target z, without overflow. */
    private double loss(double atSlope, double atIntercept) {
        double loss = 0;
        for (int i = 0; i < scores.length; i++) {
            double z = atSlope * scores[i] + atIntercept;
            loss += Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - target(i) * z;
        }
        return loss;
    }

    private double target(int observation) {
        return watched[observation] ? high : low;
    }

    private static double sigmoid(double z) {
        return 1 / (1 + Math.exp(-z));
    }

    private static long count(boolean[] watched) {
        long count = 0;
        for (boolean one : watched) {
            count += one ? 1 : 0;
        }
        return count;
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return values.length == 0 ? 0 : sum / values.length;
    }

    private static double deviation(float[] values, double mean) {
        double squares = 0;
        for (float value : values) {
            squares += (value - mean) * (value - mean);
        }
        return values.length == 0 ? 0 : Math.sqrt(squares / values.length);
    }
}
