package dev.funnel.bundle;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Strings that got numbers in the order they came, from {@code first} on. One thread adds; others read through a {@link View}, which
 * shows what was there when it was made.
 */
final class LiveDictionary {
    static final int UNKNOWN = -1;

    private final int first;
    private final ConcurrentMap<String, Integer> codes = new ConcurrentHashMap<>();
    private String[] values = new String[16];
    private int size;

    LiveDictionary(int first) {
        this.first = first;
    }

    /** The number of {@code value}, a new one if it has none yet. */
    int codeOrNew(String value) {
        Integer known = codes.get(value);
        if (known != null) {
            return known;
        }
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size] = value;
        codes.put(value, first + size);
        return first + size++;
    }

    /** The number of {@code value}, or {@link #UNKNOWN}. */
    int code(String value) {
        Integer code = codes.get(value);
        return code == null ? UNKNOWN : code;
    }

    String value(int code) {
        return values[code - first];
    }

    View view() {
        return new View(codes, values, first, first + size);
    }

    /** A dictionary as it was at a moment. */
    @SuppressWarnings("ArrayRecordComponent") // never compared; cells below the end are never changed
    record View(
            ConcurrentMap<String, Integer> codes, @Nullable String[] values, int first, int end) {
        /** The number of {@code value}, or {@link #UNKNOWN}. */
        int code(String value) {
            Integer code = codes.get(value);
            return code == null || code >= end ? UNKNOWN : code;
        }

        String value(int code) {
            return String.valueOf(values[code - first]);
        }
    }
}
