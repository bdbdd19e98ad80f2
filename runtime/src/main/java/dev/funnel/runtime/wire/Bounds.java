package dev.funnel.runtime.wire;

import dev.funnel.runtime.error.CallerError;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/** The bounds of the contract, and the checks that name the field, the value and the rule when one does not hold. */
public final class Bounds {
    /** Longest id, name, version or category, in bytes of UTF-8. */
    public static final int ID_BYTES = 128;

    public static final int CANDIDATES = 10_000;
    public static final int RECENT_INTERACTIONS = 1_000;
    public static final int EXCLUSIONS = 10_000;
    public static final int OLDER_WATCHED = 10_000;
    public static final int DISLIKED = 10_000;
    public static final int BLOCKED = 1_000;
    public static final int FOLLOWED = 1_000;
    public static final int UNCLICKED = 1_000;
    public static final int SLATE = 500;
    public static final int GENERATORS = 64;
    public static final int HEADS = 16;
    public static final int FEATURES = 64;
    public static final int FEATURE_TEXTS = 256;
    public static final int TRACED_ITEMS = 100;
    public static final int STRICT_RULES = 32;
    public static final int PREDICATE_NODES = 64;
    public static final int PREDICATE_DEPTH = 8;
    public static final int PREDICATE_VALUES = 1_000;
    public static final int QUERY_TEXT_BYTES = 1_024;
    public static final float MAX_WEIGHT = 1_000;

    private Bounds() {}

    /** An id that may be empty. */
    public static String id(String field, String value) {
        return text(field, value, ID_BYTES);
    }

    /** An id that must not be empty. */
    public static String requiredId(String field, String value) {
        if (value.isEmpty()) {
            throw new CallerError(field, value, "must not be empty");
        }
        return id(field, value);
    }

    public static String text(String field, String value, int bytes) {
        if (value.length() > bytes || (3L * value.length() > bytes && utf8Bytes(value) > bytes)) {
            throw new CallerError(field, value, "must be at most " + bytes + " bytes");
        }
        return value;
    }

    /** A list of at most {@code most} ids, none empty. */
    public static List<String> ids(String field, List<String> values, int most) {
        atMost(field, values, most);
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).isEmpty() || 3 * values.get(i).length() > ID_BYTES) {
                requiredId(field + "[" + i + "]", values.get(i));
            }
        }
        return values;
    }

    public static void atMost(String field, Collection<?> values, int most) {
        if (values.size() > most) {
            throw new CallerError(field, values, "must be at most " + most + " entries");
        }
    }

    /** An unsigned count as the wire carries it. */
    public static int count(String field, int value, int most) {
        if (value < 0 || value > most) {
            throw new CallerError(field, Integer.toUnsignedLong(value), "must be at most " + most);
        }
        return value;
    }

    public static int between(String field, int value, int least, int most) {
        if (value < least || value > most) {
            throw new CallerError(field, Integer.toUnsignedLong(value), "must be between " + least + " and " + most);
        }
        return value;
    }

    public static double finite(String field, double value) {
        if (!Double.isFinite(value)) {
            throw new CallerError(field, value, "must be finite");
        }
        return value;
    }

    /** A column of finite numbers with one value per row. */
    public static float[] finite(String field, List<Float> values, int rows) {
        sameLength(field, values.size(), rows);
        float[] numbers = new float[rows];
        for (int i = 0; i < rows; i++) {
            numbers[i] = values.get(i);
            if (!Float.isFinite(numbers[i])) {
                throw new CallerError(field + "[" + i + "]", numbers[i], "must be finite");
            }
        }
        return numbers;
    }

    public static void sameLength(String field, int length, int rows) {
        if (length != rows) {
            throw new CallerError(field, length + " entries", "must be as many as the rows they belong to: " + rows);
        }
    }

    private static int utf8Bytes(String value) {
        return value.getBytes(StandardCharsets.UTF_8).length;
    }
}
