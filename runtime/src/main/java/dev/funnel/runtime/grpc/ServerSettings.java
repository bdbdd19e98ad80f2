package dev.funnel.runtime.grpc;

import dev.funnel.runtime.admission.AdmissionSettings;
import dev.funnel.runtime.admission.ClientSettings;
import dev.funnel.runtime.config.ByteSize;
import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a process listens and how much it lets in: the {@code server} section of every service's configuration.
 *
 * @param host address to listen on; loopback unless told
 * @param port 0 picks a free one
 * @param reflection whether stock clients may ask for the schema
 * @param maxMessage largest request taken
 * @param maxMetadata largest headers taken
 * @param admission how many calls are worked on at once in the process; more are shed
 * @param concurrentCallsPerConnection calls one connection may have open
 * @param rstFrames stream resets one connection may send per {@code rstWindow} before it is closed; every call given up by its deadline is
 *     one, and a gateway sends all its calls over few connections
 * @param rstWindow see {@code rstFrames}
 * @param handshakeTimeout longest that setting up a connection may take
 * @param keepAlive idle time after which a connection is probed
 * @param keepAliveTimeout longest wait for the answer to a probe
 * @param permitKeepAlive shortest time between probes that clients may send
 * @param connectionAge age at which a connection is ended gracefully, so that clients look for new replicas
 * @param defaultDeadline deadline of calls that come without one
 * @param longestDeadline longest deadline that is honoured
 * @param drainNotice how long calls are still taken after those who watch the health were told NOT_SERVING; nobody watches: not at all
 * @param drain longest wait for calls under way when the process stops
 * @param apiKeys file of API keys, see {@link ApiKeys}; absent: callers are not asked
 * @param clients what each client may ask, by client id; "*" is each of those that are not named, or all if callers are not asked
 */
public record ServerSettings(
        @Default("127.0.0.1") String host,
        int port,
        @Default("true") boolean reflection,
        @Default("16MiB") ByteSize maxMessage,
        @Default("16KiB") ByteSize maxMetadata,
        @Default("{}") AdmissionSettings admission,
        @Default("256") int concurrentCallsPerConnection,
        @Default("30000") int rstFrames,
        @Default("30s") Duration rstWindow,
        @Default("10s") Duration handshakeTimeout,
        @Default("60s") Duration keepAlive,
        @Default("20s") Duration keepAliveTimeout,
        @Default("10s") Duration permitKeepAlive,
        @Default("10m") Duration connectionAge,
        @Default("1s") Duration defaultDeadline,
        @Default("30s") Duration longestDeadline,
        @Default("1s") Duration drainNotice,
        @Default("10s") Duration drain,
        @Nullable Path apiKeys,
        @Default("{}") Map<String, ClientSettings> clients) {
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    public ServerSettings {
        Rule.notBlank("host", host);
        Rule.between("port", port, 0, 65_535);
        Rule.between("max_message", maxMessage, new ByteSize(1 << 10), ByteSize.mebibytes(256));
        Rule.between("max_metadata", maxMetadata, new ByteSize(1 << 10), ByteSize.mebibytes(1));
        Rule.between("concurrent_calls_per_connection", concurrentCallsPerConnection, 1, 100_000);
        Rule.between("rst_frames", rstFrames, 1, 1_000_000);
        Rule.between("rst_window", rstWindow, SECOND, HOUR);
        Rule.between("handshake_timeout", handshakeTimeout, MILLISECOND, HOUR);
        Rule.between("keep_alive", keepAlive, SECOND, DAY);
        Rule.between("keep_alive_timeout", keepAliveTimeout, MILLISECOND, HOUR);
        Rule.between("permit_keep_alive", permitKeepAlive, MILLISECOND, DAY);
        Rule.between("connection_age", connectionAge, SECOND, DAY);
        Rule.between("default_deadline", defaultDeadline, MILLISECOND, HOUR);
        Rule.between("longest_deadline", longestDeadline, defaultDeadline, HOUR);
        Rule.between("drain_notice", drainNotice, Duration.ZERO, HOUR);
        Rule.between("drain", drain, Duration.ZERO, HOUR);
    }

    /** The same on another port. */
    public ServerSettings withPort(int other) {
        return new ServerSettings(
                host,
                other,
                reflection,
                maxMessage,
                maxMetadata,
                admission,
                concurrentCallsPerConnection,
                rstFrames,
                rstWindow,
                handshakeTimeout,
                keepAlive,
                keepAliveTimeout,
                permitKeepAlive,
                connectionAge,
                defaultDeadline,
                longestDeadline,
                drainNotice,
                drain,
                apiKeys,
                clients);
    }
}
