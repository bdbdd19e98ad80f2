package dev.funnel.inference.feature;

import java.util.List;

/** One named value of a profile or a context. */
public sealed interface FeatureValue {
    /** A category. */
    record Text(String value) implements FeatureValue {}

    /** A number that is finite as a float too. */
    record Number(double value) implements FeatureValue {
        public Number {
            if (!Float.isFinite((float) value)) {
                throw new IllegalArgumentException("a feature value must be finite as a 32-bit float, not " + value);
            }
        }
    }

    /** A bag of categories. */
    record Texts(List<String> values) implements FeatureValue {
        public Texts {
            values = List.copyOf(values);
        }
    }
}
