package dev.funnel.gateway.pipeline;

import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;

/**
 * A generator that a pipeline asks.
 *
 * @param name its name in the bundle; a bundle without it answers with a degradation, unless it is optional
 * @param limit how many items it may nominate, at most {@value #MAX_LIMIT}; 0 is its default
 * @param group generators of one group are asked in one call, groups in parallel. Scores that a generator gives to items it did
 *     not nominate are known within its group only, so one group is best unless one process cannot bear the work
 * @param optional whether a bundle without it is not even asked for it: the slate is then not degraded, and the log says so once
 */
public record GeneratorConfiguration(
        String name,
        @Default("0") int limit,
        @Default("all") String group,
        @Default("false") boolean optional) {
    static final int MAX_LIMIT = 10_000;

    public GeneratorConfiguration {
        Rule.notBlank("name", name);
        Rule.between("limit", limit, 0, MAX_LIMIT);
        Rule.notBlank("group", group);
    }
}
