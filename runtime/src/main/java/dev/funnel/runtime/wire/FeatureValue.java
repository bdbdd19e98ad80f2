package dev.funnel.runtime.wire;

import java.util.List;

/** One value of a named feature of a user or a context. */
public sealed interface FeatureValue {
    /** A category. */
    record Text(String value) implements FeatureValue {}

    /** A number; finite. */
    record Number(double value) implements FeatureValue {}

    /** A bag of categories. */
    record Texts(List<String> values) implements FeatureValue {}

    /** Named, but without a value. */
    record Missing() implements FeatureValue {}
}
