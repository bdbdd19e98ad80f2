package dev.funnel.cli.evaluate;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How good the slates of one policy are, means over slates unless said.
 *
 * @param policy its name
 * @param slates how many slates were made
 * @param figures by name
 */
record RerankFigures(String policy, int slates, Map<String, Double> figures) {
    /** As a flat JSON object's fields. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("system", "rerank");
        json.put("policy", policy);
        json.put("slates", slates);
        figures.forEach((name, value) -> json.put(name, Math.round(value * 1e5) / 1e5));
        return json;
    }

    double get(String name) {
        return figures.getOrDefault(name, Double.NaN);
    }
}
