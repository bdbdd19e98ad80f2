package dev.funnel.candidate.retrieve;

import dev.funnel.candidate.generate.Generator;
import dev.funnel.candidate.generate.Question;
import dev.funnel.retrieval.ItemFilter;

/**
 * What every generator of a request is asked.
 *
 * @param question what to search from
 * @param filter which items may be nominated
 * @param filterWithWatched the same, but that watched items may be too
 * @param effort how hard to try, in (0, 1]
 * @param partial whether the answers are merged with those of other shards
 */
record Inquiry(Question question, ItemFilter filter, ItemFilter filterWithWatched, float effort, boolean partial) {

    /** What a generator may nominate. */
    ItemFilter filterOf(Generator generator) {
        return generator.nominatesWatched() ? filterWithWatched : filter;
    }
}
