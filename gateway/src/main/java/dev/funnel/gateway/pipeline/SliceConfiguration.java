package dev.funnel.gateway.pipeline;

import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;

/**
 * How the stages share the time of a request: a stage may use its part of what is left, in proportion to its own and the later
 * stages' parts. What a stage leaves unused, later stages get.
 */
public record SliceConfiguration(
        @Default("4") int candidates,
        @Default("4") int ranking,
        @Default("2") int reranking) {
    public SliceConfiguration {
        Rule.between("candidates", candidates, 1, 1_000);
        Rule.between("ranking", ranking, 1, 1_000);
        Rule.between("reranking", reranking, 1, 1_000);
    }
}
