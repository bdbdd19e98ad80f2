package dev.funnel.trainer.generate;

import dev.funnel.retrieval.Similarity;
import dev.funnel.trainer.read.NearestName;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A line of the training configuration, read strictly: values out of bounds are refused naming key, value and rule, and so are keys
 * that nobody asked for, naming the nearest that somebody did.
 */
public final class GeneratorLine {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*([smhd])");
    private static final double SECONDS_PER_DAY = 86_400;
    private static final int USUAL_LIMIT = 100;

    private final Map<String, @Nullable Object> keys;
    private final Set<String> known = new TreeSet<>();

    GeneratorLine(Map<String, ? extends @Nullable Object> keys) {
        this.keys = new LinkedHashMap<>(keys);
    }

    /** A text that has to be there. */
    public String text(String key) {
        if (!(find(key) instanceof String text) || text.isBlank()) {
            throw refusal(key, "a text");
        }
        return text;
    }

    /** How many candidates it is to nominate unless a pipeline says otherwise. */
    public int limit() {
        return whole("limit", USUAL_LIMIT, 1, GeneratorPlan.MOST);
    }

    /** One of a few texts. */
    public String oneOf(String key, String standard, Collection<String> allowed) {
        Object value = find(key);
        if (value == null) {
            return standard;
        }
        if (!(value instanceof String text) || !allowed.contains(text)) {
            throw refusal(key, "one of " + String.join(", ", allowed));
        }
        return text;
    }

    /** How vectors are compared: {@code dot}, {@code cosine}, {@code euclidean} or {@code norm-tempered-dot:<exponent>}. */
    public Similarity similarity(Similarity standard) {
        return find("similarity") == null ? standard : Similarity.labelled(text("similarity"));
    }

    /** A list of texts. */
    public List<String> texts(String key, List<String> standard) {
        Object value = find(key);
        if (value == null) {
            return standard;
        }
        if (!(value instanceof List<?> list) || !list.stream().allMatch(String.class::isInstance)) {
            throw refusal(key, "a list of texts");
        }
        return list.stream().map(String.class::cast).toList();
    }

    /** A whole number within bounds. */
    public int whole(String key, int standard, int least, int most) {
        Object value = find(key);
        if (value == null) {
            return standard;
        }
        if (!(value instanceof Long || value instanceof Integer)
                || ((Number) value).longValue() < least
                || ((Number) value).longValue() > most) {
            throw refusal(key, "a whole number, %,d to %,d".formatted(least, most));
        }
        return ((Number) value).intValue();
    }

    /** A number within bounds. */
    public double number(String key, double standard, double least, double most) {
        Object value = find(key);
        if (value == null) {
            return standard;
        }
        if (!(value instanceof Number number) || !(number.doubleValue() >= least && number.doubleValue() <= most)) {
            throw refusal(key, "a number, " + least + " to " + most);
        }
        return number.doubleValue();
    }

    /** True or false. */
    public boolean flag(String key, boolean standard) {
        Object value = find(key);
        if (value == null) {
            return standard;
        }
        if (!(value instanceof Boolean flag)) {
            throw refusal(key, "true or false");
        }
        return flag;
    }

    /** A time above zero, written with its unit ({@code 90s}, {@code 6h}, {@code 14d}), in days. */
    public double days(String key, double standardDays) {
        Object value = find(key);
        if (value == null) {
            return standardDays;
        }
        Matcher matcher = DURATION.matcher(String.valueOf(value).strip());
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) == 0) {
            throw refusal(key, "a time above zero with its unit, e.g. 90s, 6h, 14d");
        }
        int seconds = switch (matcher.group(2)) {
            case "s" -> 1;
            case "m" -> 60;
            case "h" -> 3_600;
            default -> 86_400;
        };
        return Integer.parseInt(matcher.group(1)) * (seconds / SECONDS_PER_DAY);
    }

    /** Refuses what nobody asked for. */
    void refuseUnknown() {
        for (String key : keys.keySet()) {
            if (!known.contains(key)) {
                throw new IllegalArgumentException("unknown key \"" + key + "\"; did you mean \""
                        + NearestName.of(key, known) + "\"? Known are " + String.join(", ", known));
            }
        }
    }

    private @Nullable Object find(String key) {
        known.add(key);
        return keys.get(key);
    }

    private IllegalArgumentException refusal(String key, String rule) {
        Object value = keys.get(key);
        return new IllegalArgumentException(
                key + " is " + (value == null ? "missing" : "\"" + value + "\"") + ", must be " + rule);
    }
}
