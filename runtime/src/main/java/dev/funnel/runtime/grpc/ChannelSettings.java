package dev.funnel.runtime.grpc;

import dev.funnel.runtime.config.ByteSize;
import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;
import java.time.Duration;

/**
 * How to reach one remote service.
 *
 * @param target {@code host:port}; a name such as {@code dns:///candidate.funnel.svc:7101} that stands for several replicas; or all
 *     replicas, {@code host:port,host:port}
 * @param maxMessage largest answer taken
 * @param keepAlive idle time after which a connection is probed; not below what the server permits
 * @param keepAliveTimeout longest wait for the answer to a probe
 * @param healthChecks whether replicas that say NOT_SERVING are passed over
 * @param outlierDetection whether replicas that fail more than the others are passed over for a while
 */
public record ChannelSettings(
        String target,
        @Default("16MiB") ByteSize maxMessage,
        @Default("30s") Duration keepAlive,
        @Default("5s") Duration keepAliveTimeout,
        @Default("true") boolean healthChecks,
        @Default("true") boolean outlierDetection) {
    public ChannelSettings {
        Rule.notBlank("target", target);
        Rule.between("max_message", maxMessage, new ByteSize(1 << 10), ByteSize.mebibytes(256));
        Rule.between("keep_alive", keepAlive, Duration.ofSeconds(1), Duration.ofDays(1));
        Rule.between("keep_alive_timeout", keepAliveTimeout, Duration.ofMillis(1), Duration.ofHours(1));
    }

    /** A target with everything else as usual. */
    public static ChannelSettings of(String target) {
        return new ChannelSettings(
                target, ByteSize.mebibytes(16), Duration.ofSeconds(30), Duration.ofSeconds(5), true, true);
    }
}
