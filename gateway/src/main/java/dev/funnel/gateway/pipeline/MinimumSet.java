package dev.funnel.gateway.pipeline;

import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;
import dev.funnel.runtime.wire.Bounds;
import java.time.Duration;
import java.util.List;

/**
 * Which generators are enough: once they have answered, the others are waited for no longer than a little while. Generators of one
 * group answer together, so those that may be left behind belong in groups of their own.
 *
 * @param generators names that must be among those that answered
 * @param count how many must have answered in all
 * @param grace how long the others are waited for then, at most to the end of the stage's slice
 */
public record MinimumSet(
        @Default("[]") List<String> generators,
        @Default("0") int count,
        @Default("10ms") Duration grace) {
    public MinimumSet {
        Rule.between("count", count, 0, Bounds.GENERATORS);
        Rule.holds(
                count > 0 || !generators.isEmpty(),
                "generators",
                "none",
                "must name at least one, or count must be set");
        Rule.between("grace", grace, Duration.ZERO, Duration.ofMinutes(1));
    }
}
