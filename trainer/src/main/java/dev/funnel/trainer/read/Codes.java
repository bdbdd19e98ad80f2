package dev.funnel.trainer.read;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A column of a few different texts, coded: row r holds {@code values[codes[r]]}, or nothing if the code is -1.
 */
public record Codes(int[] codes, String[] values) {

    /** A column of so many rows without texts. */
    static Codes none(int rows) {
        int[] codes = new int[rows];
        Arrays.fill(codes, -1);
        return new Codes(codes, new String[0]);
    }

    /** The text of a row, null if it has none. */
    public @Nullable String value(int row) {
        return codes[row] < 0 ? null : values[codes[row]];
    }

    /** A column that grows row by row; codes are given in order of first appearance. */
    static final class Builder {
        private final Map<String, Integer> codeOf = new HashMap<>();
        private final List<String> values = new ArrayList<>();
        private int[] codes = new int[1024];
        private int size;

        void add(@Nullable String value) {
            if (size == codes.length) {
                codes = Arrays.copyOf(codes, 2 * size);
            }
            codes[size++] = value == null ? -1 : codeOf.computeIfAbsent(value, this::next);
        }

        private int next(String value) {
            values.add(value);
            return values.size() - 1;
        }

        Codes build() {
            return new Codes(Arrays.copyOf(codes, size), values.toArray(String[]::new));
        }
    }
}
