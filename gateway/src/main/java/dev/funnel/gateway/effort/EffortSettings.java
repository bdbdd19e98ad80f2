package dev.funnel.gateway.effort;

import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;
import java.time.Duration;

/**
 * How the effort of a pipeline follows its stages.
 *
 * @param floor the least, in (0, 1]; 1: effort is never reduced
 * @param high share of its slice above which a stage is too slow: effort falls
 * @param low share of its slice below which stages have time to spare: effort rises
 * @param fall what effort is multiplied by when it falls
 * @param rise what is added to effort when it rises
 * @param period how often it is decided
 */
public record EffortSettings(
        @Default("0.25") double floor,
        @Default("0.8") double high,
        @Default("0.5") double low,
        @Default("0.7") double fall,
        @Default("0.1") double rise,
        @Default("500ms") Duration period) {
    public EffortSettings {
        Rule.between("floor", floor, 0.01, 1);
        Rule.between("high", high, 0.1, 1);
        Rule.holds(low > 0 && low < high, "low", low, "must be above 0 and below high, which is " + high);
        Rule.between("fall", fall, 0.1, 0.99);
        Rule.between("rise", rise, 0.01, 1);
        Rule.between("period", period, Duration.ofMillis(10), Duration.ofMinutes(1));
    }
}
