package dev.funnel.gateway.pipeline;

import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;
import java.time.Duration;

/**
 * How a gateway warms itself up before it is ready for the first time.
 *
 * @param rounds how often each pipeline is run through stages that all answer
 * @param longest when it is ready whatever the stages do; 0: it does not warm up
 */
public record WarmUpSettings(
        @Default("20") int rounds, @Default("5s") Duration longest) {
    public WarmUpSettings {
        Rule.between("rounds", rounds, 1, 1_000);
        Rule.between("longest", longest, Duration.ZERO, Duration.ofMinutes(5));
    }
}
