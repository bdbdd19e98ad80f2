package dev.funnel.candidate.retrieve;

import dev.funnel.candidate.generate.Generator;
import dev.funnel.candidate.generate.Search;
import dev.funnel.retrieval.Hits;
import dev.funnel.runtime.wire.DegradationKind;
import java.time.Duration;

/** What came of asking one generator. */
sealed interface Answer {
    /** Name of the generator. */
    String name();

    /** How it ended, for the caller of a pool that it may be part of. */
    Outcome outcome(CandidatePool pool);

    /**
     * It nominated.
     *
     * @param second what the second of two searches found, if the answer is to be merged and there is one
     * @param limit how many it was allowed
     * @param cutOff what kept it from looking where it meant to, e.g. its deadline; empty: nothing did
     */
    record Found(Generator generator, Search search, Hits hits, Hits second, int limit, Duration elapsed, String cutOff)
            implements Answer {
        @Override
        public String name() {
            return generator.name();
        }

        @Override
        public Outcome outcome(CandidatePool pool) {
            return new Outcome(
                    name(),
                    GeneratorStatus.OK,
                    limit,
                    hits.size(),
                    hits.filtered(),
                    search.exact() && hits.complete(),
                    search.origin(),
                    pool.second(second));
        }

        /** The score of a hit as the probability of a watch it stands for. */
        float calibrated(int hit) {
            return search.probability(generator.entry(), hits.items()[hit], hits.scores()[hit]);
        }
    }

    /** The question gave it nothing to go on. */
    record NotApplicable(String name) implements Answer {
        @Override
        public Outcome outcome(CandidatePool pool) {
            return Outcome.without(name, GeneratorStatus.NOT_APPLICABLE);
        }
    }

    /** Its part is missing. */
    record Lost(String name, GeneratorStatus status, DegradationKind kind, String cause) implements Answer {
        @Override
        public Outcome outcome(CandidatePool pool) {
            return Outcome.without(name, status);
        }
    }
}
