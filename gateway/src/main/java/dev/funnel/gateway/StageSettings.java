package dev.funnel.gateway;

import dev.funnel.runtime.config.ByteSize;
import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;
import dev.funnel.runtime.grpc.CallPolicy;
import dev.funnel.runtime.grpc.ChannelSettings;
import dev.funnel.runtime.grpc.Hedging;
import dev.funnel.runtime.grpc.Retries;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a stage, and how much it is asked. The keys not named here are as in {@link ChannelSettings}.
 *
 * @param maxConcurrent most calls under way at once; one more is a degradation at once
 * @param retries what is done about calls whose replica could not be reached
 * @param hedging what is done, instead, about those and slow ones; absent: nothing
 */
public record StageSettings(
        String target,
        @Default("16MiB") ByteSize maxMessage,
        @Default("30s") Duration keepAlive,
        @Default("5s") Duration keepAliveTimeout,
        @Default("true") boolean healthChecks,
        @Default("true") boolean outlierDetection,
        @Default("256") int maxConcurrent,
        @Default("{}") Retries retries,
        @Nullable Hedging hedging) {
    static final int MOST_CONCURRENT = 100_000;

    public StageSettings {
        new ChannelSettings(target, maxMessage, keepAlive, keepAliveTimeout, healthChecks, outlierDetection);
        Rule.between("max_concurrent", maxConcurrent, 1, MOST_CONCURRENT);
    }

    public ChannelSettings channel() {
        return new ChannelSettings(target, maxMessage, keepAlive, keepAliveTimeout, healthChecks, outlierDetection);
    }

    public CallPolicy policy() {
        return hedging == null ? retries : hedging;
    }
}
