package dev.funnel.gateway;

import dev.funnel.gateway.answer.RequestLogSettings;
import dev.funnel.gateway.item.ItemLogStore;
import dev.funnel.gateway.pipeline.GeneratorConfiguration;
import dev.funnel.gateway.pipeline.Misconfigured;
import dev.funnel.gateway.pipeline.PipelineConfiguration;
import dev.funnel.gateway.pipeline.WarmUpSettings;
import dev.funnel.runtime.bundle.BundleSettings;
import dev.funnel.runtime.config.ByteSize;
import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.DurationText;
import dev.funnel.runtime.config.Names;
import dev.funnel.runtime.config.Rule;
import dev.funnel.runtime.config.Secret;
import dev.funnel.runtime.grpc.ServerSettings;
import dev.funnel.runtime.live.LiveItemSettings;
import dev.funnel.runtime.log.ItemLogSettings;
import dev.funnel.runtime.telemetry.MetricsSettings;
import dev.funnel.runtime.telemetry.TelemetrySettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a gateway.
 *
 * @param metrics where it shows its metrics; absent: nowhere
 * @param telemetry what it tells of single requests; absent: nothing
 * @param itemLog where it follows the log of items changed between bundles; absent: items change with the bundle only
 * @param liveItems how much it remembers of that log
 * @param stages where the stages are
 * @param pageTokens how pages continue
 * @param lastGoodSlates what is remembered of each user's last slate
 * @param impressionLog where served slates are written down; absent: nowhere
 * @param requestLog which requests get a line in the log
 * @param itemLogStore the item log that this gateway owns, with which it serves ItemService and ItemLogService; absent: it owns none
 * @param requestFilters who may send filters along with a request
 * @param warmUp how it warms itself up before it is ready for the first time
 * @param misconfigured what becomes of a request whose pipeline asks a stage for what it does not know or does not allow
 * @param pipelines by name
 */
public record GatewayConfiguration(
        ServerSettings server,
        @Nullable MetricsSettings metrics,
        @Default("{}") TelemetrySettings telemetry,
        @Default("{}") BundleSettings bundles,
        @Nullable ItemLogSettings itemLog,
        @Default("{}") LiveItemSettings liveItems,
        Stages stages,
        @Default("{}") PageTokens pageTokens,
        @Default("{}") LastGoodSlates lastGoodSlates,
        @Nullable ImpressionLog impressionLog,
        @Default("{}") RequestLogSettings requestLog,
        @Nullable ItemLogStore itemLogStore,
        @Default("{}") RequestFilters requestFilters,
        @Default("{}") WarmUpSettings warmUp,
        @Default("fail") Misconfigured misconfigured,
        Map<String, PipelineConfiguration> pipelines) {

    public GatewayConfiguration {
        Rule.holds(
                itemLog == null || itemLogStore == null,
                "item_log",
                itemLog == null ? "" : itemLog.target(),
                "must be absent where item_log_store is set: the owner of the log follows it by itself");
        if (itemLogStore != null) {
            atMost(itemLogStore, "max_items", liveItems.maxItems());
            atMost(itemLogStore, "max_changes", liveItems.maxChanges());
        }
        checkBounds(stages.candidate().maxConcurrentByGenerator().keySet(), pipelines.values());
        pipelines.forEach((name, pipeline) -> {
            atMost(name + ".deadline", pipeline.deadline(), "server.default_deadline", server.defaultDeadline());
            atMost(name + ".deadline_cap", pipeline.deadlineCap(), "server.longest_deadline", server.longestDeadline());
        });
    }

    /** A bound of a generator that no pipeline asks would bound nothing; a pipeline that names none asks whatever a bundle has. */
    private static void checkBounds(Set<String> bounded, Collection<PipelineConfiguration> pipelines) {
        if (pipelines.stream().anyMatch(pipeline -> pipeline.generators().isEmpty())) {
            return;
        }
        Set<String> asked = pipelines.stream()
                .flatMap(pipeline -> pipeline.generators().stream())
                .map(GeneratorConfiguration::name)
                .collect(Collectors.toSet());
        bounded.forEach(name -> Rule.holds(
                asked.contains(name),
                "stages.candidate.max_concurrent_by_generator",
                "\"" + name + "\"",
                "must be a generator of a pipeline; " + Names.suggestion(name, asked)));
    }

    /** What the log accepts, every replica has to hold; each entry may be of another item. */
    private static void atMost(ItemLogStore store, String boundKey, int bound) {
        Rule.holds(
                store.maxEntries() <= bound,
                "item_log_store.max_entries",
                store.maxEntries(),
                "must be at most live_items." + boundKey + ", which is " + bound);
    }

    /** The server bounds every call before a pipeline does; a longer deadline of a pipeline would never come true. */
    private static void atMost(String key, Duration value, String boundKey, Duration bound) {
        Rule.holds(
                value.compareTo(bound) <= 0,
                "pipelines." + key,
                DurationText.format(value),
                "must be at most " + boundKey + ", which is " + DurationText.format(bound));
    }

    /**
     * Where the stages are.
     *
     * @param versionPoll how often each is asked which bundle versions it holds
     */
    public record Stages(
            CandidateParts candidate,
            StageSettings ranking,
            StageSettings reranker,
            @Default("1s") Duration versionPoll) {
        public Stages {
            Rule.between("version_poll", versionPoll, Duration.ofMillis(10), Duration.ofHours(1));
        }
    }

    /**
     * Who may send filters along with a request, by client id; "*" is anyone, and where callers are not asked for a key anyone
     * may.
     *
     * @param predicates who may send {@code query.filter}
     * @param expressions who may send {@code expressions}
     */
    public record RequestFilters(
            @Default("['*']") List<String> predicates,
            @Default("[]") List<String> expressions) {}

    /**
     * How pages continue.
     *
     * @param key what tokens are signed with, at least 16 bytes, the same for all gateways behind one name; absent: random, and
     *     tokens end with the process
     * @param lifetime how long a token can be used
     */
    public record PageTokens(
            @Nullable Secret key, @Default("30m") Duration lifetime) {
        private static final int LEAST_BYTES = 16;

        public PageTokens {
            Rule.between("lifetime", lifetime, Duration.ofSeconds(1), Duration.ofDays(7));
            Rule.holds(
                    key == null || bytes(key).length >= LEAST_BYTES,
                    "key",
                    Secret.MASK,
                    "must be at least " + LEAST_BYTES + " bytes");
        }

        byte[] signingKey() {
            return key == null ? dev.funnel.gateway.page.PageTokens.randomKey() : bytes(key);
        }

        private static byte[] bytes(Secret key) {
            return key.reveal().getBytes(StandardCharsets.UTF_8);
        }
    }

    /**
     * What is remembered of each user's last slate.
     *
     * @param maxSlates how many are kept; 0: none
     * @param lifetime how long one is kept
     */
    public record LastGoodSlates(
            @Default("10000") int maxSlates, @Default("10m") Duration lifetime) {
        public LastGoodSlates {
            Rule.between("max_slates", maxSlates, 0, 1_000_000);
            Rule.between("lifetime", lifetime, Duration.ofSeconds(1), Duration.ofDays(1));
        }
    }

    /**
     * Where served slates are written down, as JSON lines.
     *
     * @param path the file; full ones are renamed to {@code <path>.1} and on
     * @param maxBytes bound of one file
     */
    public record ImpressionLog(
            Path path, @Default("256MiB") ByteSize maxBytes) {
        public ImpressionLog {
            Rule.between("max_bytes", maxBytes, new ByteSize(64 << 10), new ByteSize(1L << 40));
        }
    }
}
