package dev.funnel.retrieval;

import java.util.Map;

/**
 * The three numbers of the weighted matrix factorisation objective, the same when training and when folding in.
 *
 * @param unobservedWeight w0: how much every pair, seen or not, pulls the prediction to 0, against 1 of an observed pair; 0 to
 *     1e6
 * @param regularization lambda: how strongly a vector is pulled to 0; 1e-9 to 1e9, so that every solve has one answer
 * @param regularizationExponent nu: how the pull grows with a row's frequency; 0 the same for all, 1 in proportion, at most 2
 */
public record FoldInSettings(double unobservedWeight, double regularization, double regularizationExponent) {

    private static final String UNOBSERVED_WEIGHT = "unobserved_weight";
    private static final String REGULARIZATION = "regularization";
    private static final String REGULARIZATION_EXPONENT = "regularization_exponent";

    public FoldInSettings {
        Bounds.require(UNOBSERVED_WEIGHT, unobservedWeight, 0, 1e6);
        Bounds.require(REGULARIZATION, regularization, 1e-9, 1e9);
        Bounds.require(REGULARIZATION_EXPONENT, regularizationExponent, 0, 2);
    }

    /**
     * Reads what {@link #parameters} wrote, e.g. from the manifest of a bundle.
     *
     * @throws IllegalArgumentException if one of the three is missing or out of bounds
     */
    public static FoldInSettings of(Map<String, Double> parameters) {
        return new FoldInSettings(
                required(parameters, UNOBSERVED_WEIGHT),
                required(parameters, REGULARIZATION),
                required(parameters, REGULARIZATION_EXPONENT));
    }

    /** The three numbers by name. */
    public Map<String, Double> parameters() {
        return Map.of(
                UNOBSERVED_WEIGHT, unobservedWeight,
                REGULARIZATION, regularization,
                REGULARIZATION_EXPONENT, regularizationExponent);
    }

    private static double required(Map<String, Double> parameters, String name) {
        Double value = parameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("parameter " + name + " is missing; there are " + parameters.keySet());
        }
        return value;
    }
}
