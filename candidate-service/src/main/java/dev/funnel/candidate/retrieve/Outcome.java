package dev.funnel.candidate.retrieve;

import dev.funnel.runtime.wire.QueryOrigin;

/**
 * How one generator fared.
 *
 * @param generator its name
 * @param status how it ended
 * @param returned how many items it nominated
 * @param filtered how many items a rule kept from being nominated, as far as the search met them
 * @param exact whether what it nominated is exactly the best
 * @param origin how the question became what was searched for
 */
public record Outcome(
        String generator, GeneratorStatus status, int returned, int filtered, boolean exact, QueryOrigin origin) {
    static Outcome without(String generator, GeneratorStatus status) {
        return new Outcome(generator, status, 0, 0, false, QueryOrigin.LIST);
    }
}
