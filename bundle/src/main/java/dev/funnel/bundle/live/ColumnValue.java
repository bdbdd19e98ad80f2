package dev.funnel.bundle.live;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A value that an item is given. Which column it suits depends on the kind of the column: a {@link Text} suits text and category
 * columns and, as a list of one, category lists.
 */
public sealed interface ColumnValue {
    /** Most bytes of a text. */
    int MAX_TEXT_BYTES = 1_024;

    /** Most bytes of a text that is a category. */
    int MAX_CATEGORY_BYTES = 128;

    /** Most categories of a list. */
    int MAX_CATEGORIES = 64;

    /** Most dimensions of a vector. */
    int MAX_DIMENSIONS = 4_096;

    /** A number, finite as the 32-bit float that columns hold. */
    @SuppressWarnings("JavaLangClash") // the contract's word
    record Number(double value) implements ColumnValue {
        public Number {
            if (!Float.isFinite((float) value)) {
                throw new IllegalArgumentException(value + " must be finite as a 32-bit float");
            }
        }
    }

    /** A text or one category, at most 1,024 bytes; empty is missing. */
    record Text(String value) implements ColumnValue {
        public Text {
            checkBytes(value, MAX_TEXT_BYTES);
        }
    }

    /** Categories, at most 64, each 1 to 128 bytes; empty is missing. */
    record Texts(List<String> values) implements ColumnValue {
        public Texts {
            values = List.copyOf(values);
            if (values.size() > MAX_CATEGORIES) {
                throw new IllegalArgumentException(
                        values.size() + " categories are too many, at most " + MAX_CATEGORIES + " are allowed");
            }
            for (String value : values) {
                if (value.isEmpty()) {
                    throw new IllegalArgumentException("a category must not be empty");
                }
                checkBytes(value, MAX_CATEGORY_BYTES);
            }
        }
    }

    /** An instant in milliseconds since 1970-01-01T00:00:00Z. */
    record Time(long millis) implements ColumnValue {
        public Time {
            if (millis == Long.MIN_VALUE) {
                throw new IllegalArgumentException(millis + " stands for a missing instant and cannot be given");
            }
        }
    }

    /** A vector, 1 to 4,096 finite values; never changed after it is given. */
    @SuppressWarnings("ArrayRecordComponent") // compared by value below
    record Vector(float[] values) implements ColumnValue {
        public Vector {
            if (values.length < 1 || values.length > MAX_DIMENSIONS) {
                throw new IllegalArgumentException(
                        "a vector of " + values.length + " values, must have 1 to " + MAX_DIMENSIONS);
            }
            for (int i = 0; i < values.length; i++) {
                if (!Float.isFinite(values[i])) {
                    throw new IllegalArgumentException("value " + i + " of a vector is " + values[i] + ", not finite");
                }
            }
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Vector vector && Arrays.equals(values, vector.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }

        @Override
        public String toString() {
            return "Vector[" + values.length + " values]";
        }
    }

    private static void checkBytes(String text, int most) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > most) {
            throw new IllegalArgumentException("a text of " + bytes + " bytes, at most " + most + " are allowed");
        }
    }
}
