package dev.funnel.cli.evaluate;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How one system does, served and offline.
 *
 * @param system a generator's name, or pooled, ranked or reranked
 * @param served metrics by name, as asked over gRPC; empty if the system is not served
 * @param offline the same, computed in this process
 * @param degraded answers that had lost a stage
 * @param seconds the served evaluation took
 */
public record ServedFigures(
        String system, Map<String, Double> served, Map<String, Double> offline, int degraded, double seconds) {

    /** The largest difference between served and offline on any metric. */
    public double difference() {
        return served.entrySet().stream()
                .mapToDouble(metric -> Math.abs(metric.getValue() - offline.getOrDefault(metric.getKey(), Double.NaN)))
                .max()
                .orElse(0);
    }

    /** The figures as the fields of a flat JSON object: served under the metrics' names, offline with a prefix. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("system", system);
        json.put("protocol", served.isEmpty() ? "ncf-full-offline" : "ncf-full-served");
        (served.isEmpty() ? offline : served).forEach((metric, value) -> json.put(metric, rounded(value)));
        if (!served.isEmpty()) {
            offline.forEach((metric, value) -> json.put("offline." + metric, rounded(value)));
            json.put("difference", rounded(difference()));
            json.put("degraded", degraded);
        }
        json.put("seconds", seconds);
        return json;
    }

    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }
}
