package dev.funnel.bundle;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Checks of manifest values; each throws {@link IllegalArgumentException} naming the value and the rule. */
final class Bounds {
    private Bounds() {}

    static int check(String what, int value, int low, int high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(what + " is " + value + ", not within " + low + " to " + high);
        }
        return value;
    }

    static <T> T present(String what, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(what + " is missing");
        }
        return value;
    }

    static <T> List<T> list(String what, @Nullable List<T> values) {
        if (values == null) {
            return List.of();
        }
        for (int i = 0; i < values.size(); i++) {
            present(what + "[" + i + "]", values.get(i));
        }
        return List.copyOf(values);
    }

    static Map<String, Double> finite(String what, @Nullable Map<String, Double> values) {
        if (values == null) {
            return Map.of();
        }
        values.forEach((key, value) -> {
            if (value == null || !Double.isFinite(value)) {
                throw new IllegalArgumentException(what + ": " + key + " is " + value + ", not finite");
            }
        });
        return Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /** Texts by name, each of 1 to {@code most} characters, in their order. */
    static Map<String, String> texts(String what, @Nullable Map<String, String> values, int most) {
        if (values == null) {
            return Map.of();
        }
        values.forEach((key, value) -> check(
                "length of " + what + ": " + key,
                present(what + ": " + key, value).length(),
                1,
                most));
        return Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
