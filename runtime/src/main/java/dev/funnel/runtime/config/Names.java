package dev.funnel.runtime.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** How Java names become configuration keys and environment variables, and which known name a misspelt one is nearest to. */
public final class Names {
    private Names() {}

    /** {@code computeThreads} becomes {@code compute_threads}. */
    static String key(String component) {
        return component.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    /** {@code FreshnessBoost} becomes {@code freshness-boost}. */
    static String kind(Class<?> type) {
        return key(type.getSimpleName()).replace('_', '-');
    }

    /** {@code server.port} becomes {@code FUNNEL_SERVER_PORT}. */
    static String variable(String path) {
        return "FUNNEL_" + path.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /** A sentence that names the known name nearest to {@code name}, or all of them if none is near. */
    public static String suggestion(String name, Collection<String> known) {
        Optional<String> nearest = known.stream().min(Comparator.comparingInt(each -> distance(name, each)));
        if (nearest.isPresent() && distance(name, nearest.get()) <= Math.max(2, name.length() / 3)) {
            return "did you mean \"" + nearest.get() + "\"?";
        }
        return "known are: " + String.join(", ", known.stream().sorted().toList());
    }

    /** Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours, one each. */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(a, b, i, j, cost);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int step(String a, String b, int i, int j, int[][] cost) {
        int changed = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(changed, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
    }
}
