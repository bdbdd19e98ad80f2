package dev.funnel.runtime.config;

import java.util.Map;

/**
 * A configuration that remembers where its parts were written.
 *
 * @param value the configuration
 * @param places by record (the very object, not one that equals it), where it stands: {@code reranker.yaml:12}
 */
public record Located<T>(T value, Map<Object, String> places) {
    /** Where a part of the configuration stands; empty if that is not known. */
    public String place(Object part) {
        return places.getOrDefault(part, "");
    }
}
