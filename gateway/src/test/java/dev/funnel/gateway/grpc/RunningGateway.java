package dev.funnel.gateway.grpc;

import com.google.protobuf.Timestamp;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.HeadEntry;
import dev.funnel.bundle.Manifest;
import dev.funnel.bundle.RankerEntry;
import dev.funnel.bundle.TensorFileWriter;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.gateway.GatewayConfiguration;
import dev.funnel.gateway.GatewayMain;
import dev.funnel.gateway.snapshot.GatewaySnapshot;
import dev.funnel.proto.common.v1.Context;
import dev.funnel.proto.common.v1.Query;
import dev.funnel.proto.gateway.v1.RecommendRequest;
import dev.funnel.proto.gateway.v1.RecommendResponse;
import dev.funnel.proto.gateway.v1.RecommendationServiceGrpc;
import dev.funnel.proto.gateway.v1.RecommendationServiceGrpc.RecommendationServiceBlockingStub;
import dev.funnel.proto.gateway.v1.RecommendedItem;
import dev.funnel.proto.gateway.v1.Rung;
import dev.funnel.runtime.config.ConfigurationFile;
import dev.funnel.runtime.process.Readiness;
import dev.funnel.runtime.process.StageProcess;
import dev.funnel.runtime.testing.Await;
import dev.funnel.runtime.testing.WireServer;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A gateway with the configuration of {@code deploy/config/gateway.yaml} on a free port, in front of {@link FakeStages}, with
 * a small bundle that says it has a ranker. Deadlines are far away unless a test sets its own.
 */
final class RunningGateway implements AutoCloseable {
    private static final Path SAMPLE = Path.of("../deploy/config/gateway.yaml");
    private static final long DEADLINE_SECONDS = 25;
    private static final int SURE = 5;

    final FakeStages stages = new FakeStages();
    final Path bundles;
    private final WireServer client = WireServer.serving();
    private final StageProcess<GatewaySnapshot> gateway;
    private final Channel channel;

    /**
     * @param folder for bundles, with or without one
     * @param settings environment variables, by what follows {@code FUNNEL_}
     */
    RunningGateway(Path folder, Map<String, String> settings) {
        this(folder, settings, "");
    }

    /** @param pipelines further pipelines, as YAML under {@code pipelines}, indented by two */
    RunningGateway(Path folder, Map<String, String> settings, String pipelines) {
        bundles = folder;
        gateway = GatewayMain.start(configuration(environment(settings), pipelines), Readiness.silent());
        channel = client.bareChannel(address());
    }

    /** A gateway with one bundle that all stages hold, ready. */
    static RunningGateway serving(Path folder) {
        return serving(folder, Map.of(), "");
    }

    static RunningGateway serving(Path folder, Map<String, String> settings, String pipelines) {
        BundleVersion version = publish(folder, SmallBundle.SEED);
        RunningGateway running = new RunningGateway(folder, settings, pipelines);
        running.stages.hold(version);
        running.awaitServing(version);
        return running;
    }

    /** Has all stages answer honestly, and waits until none is absent any more. */
    void recover() {
        stages.honest();
        Await.until("nothing is lost", () -> recommend(home("")).getRung() == Rung.RUNG_FULL);
    }

    /** Publishes a small bundle with a ranker that only the manifest knows of: the gateway runs no network. */
    static BundleVersion publish(Path folder, long seed) {
        return publish(folder, seed, draft -> {});
    }

    /** Changes files of a draft. */
    @FunctionalInterface
    interface Change {
        void to(BundleStore.Draft draft) throws IOException;
    }

    /** The same, some of its files changed. */
    static BundleVersion publish(Path folder, long seed, Change change) {
        try (BundleStore.Draft draft = SmallBundle.store(folder).draft()) {
            Manifest.Draft contents = SmallBundle.fill(draft, seed);
            change.to(draft);
            Files.writeString(draft.file("ranker/network.onnx"), "not a network");
            Files.writeString(draft.file("ranker/schema.json"), "{}");
            new TensorFileWriter(draft.file("ranker/features.safetensors"))
                    .add("nothing", new float[1])
                    .write();
            return draft.publish(contents.withRanker(new RankerEntry(
                    "ranker/network.onnx",
                    "ranker/schema.json",
                    "ranker/features.safetensors",
                    List.of(new HeadEntry("watch_time", "y0", "s"), new HeadEntry("click", "y1", "1")),
                    "watch_time")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (BundleRefusedException e) {
            throw new IllegalStateException(e);
        }
    }

    String address() {
        return gateway.host().address();
    }

    /** Whether it has not published its first bundle yet. */
    boolean awaitsBundle() {
        return !gateway.snapshots().ready();
    }

    Channel channel() {
        return channel;
    }

    RecommendationServiceBlockingStub service() {
        return service(Duration.ofSeconds(DEADLINE_SECONDS));
    }

    RecommendationServiceBlockingStub service(Duration deadline) {
        return RecommendationServiceGrpc.newBlockingStub(channel())
                .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
    }

    RecommendResponse recommend(RecommendRequest.Builder request) {
        return service().recommend(request.build());
    }

    /** A request for a user's home page, at the time of the bundle's data cut, when nothing but item-59 has expired. */
    static RecommendRequest.Builder home(String userId) {
        return RecommendRequest.newBuilder().setQuery(query(userId));
    }

    static Query.Builder query(String userId) {
        return Query.newBuilder().setUserId(userId).setContext(now());
    }

    static Context.Builder now() {
        return Context.newBuilder().setTime(Timestamp.newBuilder().setSeconds(SmallBundle.NOW.getEpochSecond() + 60));
    }

    static List<String> ids(RecommendResponse response) {
        return response.getItemsList().stream().map(RecommendedItem::getItemId).toList();
    }

    /** Waits until the gateway serves from a version, has heard what the stages hold, and loses none of them several times in a row. */
    void awaitServing(BundleVersion version) {
        AtomicInteger inARow = new AtomicInteger();
        Await.until("version " + version + " is served", () -> {
            inARow.set(complete(version) ? inARow.get() + 1 : 0);
            return inARow.get() >= SURE;
        });
        stages.candidates.forgetRequests();
        stages.ranking.forgetRequests();
        stages.reranker.forgetRequests();
    }

    private boolean complete(BundleVersion version) {
        try {
            RecommendResponse response = recommend(home(""));
            return response.getBundle().getVersion().equals(version.value()) && response.getDegradationsCount() == 0;
        } catch (StatusRuntimeException e) {
            return false;
        }
    }

    private Map<String, String> environment(Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "FUNNEL_SERVER_PORT", "0",
                "FUNNEL_SERVER_DEFAULT_DEADLINE", "25s",
                "FUNNEL_BUNDLES_ROOT", bundles.toString(),
                "FUNNEL_BUNDLES_POLL", "20ms",
                "FUNNEL_STAGES_CANDIDATE_TARGET", stages.candidateTarget(),
                "FUNNEL_STAGES_RANKING_TARGET", stages.rankingTarget(),
                "FUNNEL_STAGES_RERANKER_TARGET", stages.rerankerTarget(),
                "FUNNEL_STAGES_VERSION_POLL", "20ms",
                "FUNNEL_PIPELINES_HOME_DEADLINE_CAP", "25s",
                "FUNNEL_PIPELINES_RELATED_DEADLINE_CAP", "25s"));
        environment.put("FUNNEL_METRICS_PORT", "0");
        environment.put("FUNNEL_WARM_UP_LONGEST", "0s");
        environment.put(
                "FUNNEL_PIPELINES_HOME_EFFORT_FLOOR", "1"); // what one test does to the stages, others do not see
        environment.put("FUNNEL_PIPELINES_RELATED_EFFORT_FLOOR", "1");
        settings.forEach((name, value) -> environment.put("FUNNEL_" + name, value));
        return environment;
    }

    private static GatewayConfiguration configuration(Map<String, String> environment, String pipelines) {
        try {
            String sample = Files.readString(SAMPLE, StandardCharsets.UTF_8);
            return ConfigurationFile.parse(
                    GatewayConfiguration.class, SAMPLE.toString(), sample + "\n" + pipelines, environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        gateway.close();
        client.close();
        stages.close();
    }
}
