package dev.funnel.bundle;

/**
 * Turns a generator's score into the probability that the user watches the item, so that scores of different generators can be compared:
 * {@code 1 / (1 + exp(-(slope * score + intercept)))} (Platt 1999). Both numbers are finite.
 */
public record Calibration(double slope, double intercept) {
    /** Refuses numbers that are not finite. */
    public Calibration {
        if (!Double.isFinite(slope) || !Double.isFinite(intercept)) {
            throw new IllegalArgumentException("calibration " + slope + ", " + intercept + " is not finite");
        }
    }

    /** The probability that {@code score} stands for, 0 to 1. */
    public float probability(float score) {
        return (float) (1 / (1 + Math.exp(-(slope * score + intercept))));
    }
}
