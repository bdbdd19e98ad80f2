package dev.funnel.cli.bench;

import dev.funnel.benchmarks.load.Lag;
import dev.funnel.benchmarks.load.Load;
import dev.funnel.benchmarks.load.Tally;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What became of a load.
 *
 * @param cpuMillis processor time of each process for one request, milliseconds; empty for a target that somebody else runs
 */
public record Measured(Load load, Tally tally, Lag lag, Map<String, Double> cpuMillis) {

    /** Complete answers a second. */
    public double goodput() {
        return tally.complete() / (load.length().toMillis() / 1e3);
    }

    /**
     * As JSON, on one line.
     *
     * @param part which part of the run it is
     */
    Map<String, Object> json(String part) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("bench", "serve");
        object.put("part", part);
        object.put("rate", rounded(load.ratePerSecond()));
        object.put("seconds", load.length().toMillis() / 1e3);
        object.put("ok", tally.complete());
        object.put("degraded", tally.degraded());
        object.put("degraded_by", tally.losses());
        object.put("rungs", tally.rungs());
        object.put("shed", tally.shed());
        object.put("failed", tally.failed());
        object.put("failed_by", tally.failures());
        object.put("goodput", rounded(goodput()));
        object.put("mean_ms", rounded(tally.meanMillis()));
        object.put("p50_ms", rounded(tally.millis(.5)));
        object.put("p90_ms", rounded(tally.millis(.9)));
        object.put("p99_ms", rounded(tally.millis(.99)));
        object.put("p999_ms", rounded(tally.millis(.999)));
        object.put("margin_p1_ms", rounded(tally.marginMillis(.01)));
        object.put("candidates", rounded(tally.meanPool()));
        object.put("share", shares());
        object.put("cpu_ms", cpuMillis);
        object.put("lag_p99_ms", rounded(lag.p99Millis()));
        object.put("unsent", lag.unsent());
        return object;
    }

    /** For people. */
    String line(String part) {
        String shares = tally.shares().entrySet().stream()
                .map(each -> "%s %.0f %%".formatted(word(each.getKey()), each.getValue() * 100))
                .collect(Collectors.joining(", "));
        return "%-12s %,7.0f/s: ok %,d, degraded %,d %s, shed %,d, failed %,d; ms p50 %.1f p90 %.1f p99 %.1f p99.9 %.1f; 99 %% came %.1f before the deadline%s"
                .formatted(
                        part,
                        load.ratePerSecond(),
                        tally.complete(),
                        tally.degraded(),
                        tally.losses(),
                        tally.shed(),
                        tally.failed(),
                        tally.millis(.5),
                        tally.millis(.9),
                        tally.millis(.99),
                        tally.millis(.999),
                        tally.marginMillis(.01),
                        shares.isEmpty() ? "" : "; " + shares);
    }

    private Map<String, Double> shares() {
        Map<String, Double> shares = new LinkedHashMap<>();
        tally.shares().forEach((place, share) -> shares.put(word(place), rounded(share)));
        return shares;
    }

    private static String word(Tally.Place place) {
        return place.name().toLowerCase(Locale.ROOT);
    }

    static double rounded(double value) {
        return Math.round(value * 1e3) / 1e3;
    }
}
