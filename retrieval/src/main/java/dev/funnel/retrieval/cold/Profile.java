package dev.funnel.retrieval.cold;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is known of a user who has done nothing yet.
 *
 * @param texts values of categories and lists, by column
 * @param numbers values of number columns, by column
 */
public record Profile(Map<String, List<String>> texts, Map<String, Double> numbers) {

    public static final Profile UNKNOWN = new Profile(Map.of(), Map.of());

    private static final int DECADE = 10;

    /** The groups of users that the profile is of: {@code country=DE}, and numbers by tens, {@code age~30}. */
    public List<String> groups() {
        List<String> groups = new ArrayList<>();
        texts.forEach((column, values) -> values.forEach(value -> groups.add(column + "=" + value)));
        numbers.forEach((column, value) -> groups.add(column + "~" + (long) Math.floor(value / DECADE) * DECADE));
        return groups;
    }

    /** The only value of a column; empty if it has none. */
    public String text(String column) {
        List<String> values = texts.getOrDefault(column, List.of());
        return values.isEmpty() ? "" : values.getFirst();
    }
}
