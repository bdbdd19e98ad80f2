package dev.funnel.candidate.retrieve;

import dev.funnel.runtime.wire.QueryOrigin;

/**
 * How one generator fared.
 *
 * @param generator its name
 * @param status how it ended
 * @param limit how many items it was allowed; 0 if it was not asked
 * @param returned how many items it nominated
 * @param filtered how many items a rule kept from being nominated, as far as the search met them
 * @param exact whether what it nominated is exactly the best
 * @param origin how the question became what was searched for
 * @param second of an answer that is to be merged: what the second of its two searches found
 */
public record Outcome(
        String generator,
        GeneratorStatus status,
        int limit,
        int returned,
        int filtered,
        boolean exact,
        QueryOrigin origin,
        Second second) {
    static Outcome without(String generator, GeneratorStatus status) {
        return new Outcome(generator, status, 0, 0, 0, false, QueryOrigin.LIST, Second.NONE);
    }

    /**
     * What the second of two searches that share a limit found.
     *
     * @param positions in the pool, best first
     * @param scores of the second search, in the same order
     */
    public record Second(int[] positions, float[] scores) {
        /** There is no second search. */
        public static final Second NONE = new Second(new int[0], new float[0]);
    }
}
