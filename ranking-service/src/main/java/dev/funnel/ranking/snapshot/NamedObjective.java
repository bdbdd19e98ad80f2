package dev.funnel.ranking.snapshot;

import dev.funnel.inference.objective.Objective;

/**
 * What a score is.
 *
 * @param name of the head or of the formula
 */
public record NamedObjective(String name, Objective objective) {}
