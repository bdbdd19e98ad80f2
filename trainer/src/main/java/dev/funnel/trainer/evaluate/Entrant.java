package dev.funnel.trainer.evaluate;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A line of the table that compares all retrieval systems: a system, and what is asked for instead of its defaults.
 *
 * @param system name of one of {@link OfflineSystems#ALL}
 */
public record Entrant(String system, Map<String, Double> settings) {

    private static final String DIMENSIONS = "dim";

    /** The lines of the table, in order. */
    public static final List<Entrant> ALL = List.of(
            of("popularity"),
            of("svd"),
            of("als", 64),
            of("als", 192),
            of("sgd-mf", 192),
            of("bpr", 192),
            of("softmax-dnn"),
            of("two-tower"),
            of("covisit"));

    private static Entrant of(String system) {
        return new Entrant(system, Map.of());
    }

    private static Entrant of(String system, int dimensions) {
        return new Entrant(system, Map.of(DIMENSIONS, (double) dimensions));
    }

    /** The system with its settings, for people. */
    public String label() {
        return system
                + settings.entrySet().stream()
                        .map(one -> " %s=%s".formatted(one.getKey(), plain(one.getValue())))
                        .collect(Collectors.joining());
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
