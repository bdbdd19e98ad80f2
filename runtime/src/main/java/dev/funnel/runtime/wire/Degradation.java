package dev.funnel.runtime.wire;

/**
 * A named loss of quality that was served anyway.
 *
 * @param stage where
 * @param kind what was lost
 * @param component the part, e.g. a generator's or rule's name; empty: the whole stage
 * @param cause why, for people
 * @param servedInstead what was served in its place
 */
public record Degradation(Stage stage, DegradationKind kind, String component, String cause, String servedInstead) {}
