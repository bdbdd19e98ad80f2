package dev.funnel.reranker.grpc;

import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.proto.common.v1.Candidates;
import dev.funnel.proto.common.v1.Context;
import dev.funnel.proto.common.v1.Query;
import dev.funnel.proto.reranker.v1.RerankRequest;
import dev.funnel.proto.reranker.v1.RerankerServiceGrpc;
import dev.funnel.proto.reranker.v1.RerankerServiceGrpc.RerankerServiceBlockingStub;
import dev.funnel.reranker.RerankerConfiguration;
import dev.funnel.reranker.RerankerServiceMain;
import dev.funnel.reranker.snapshot.RerankerSnapshot;
import dev.funnel.runtime.config.ConfigurationFile;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.process.Readiness;
import dev.funnel.runtime.process.StageProcess;
import dev.funnel.runtime.wire.WireTimes;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A reranker on a real socket, wired as in production from the sample configuration, on a free port and a folder of bundles. */
final class RunningReranker implements AutoCloseable {
    private static final Path SAMPLE = Path.of("../deploy/config/reranker.yaml");

    private final StageProcess<RerankerSnapshot> process;
    private final ManagedChannel channel;

    RunningReranker(Path bundles) {
        this(bundles, SAMPLE);
    }

    /** With another configuration file. */
    RunningReranker(Path bundles, Path file) {
        Map<String, String> environment = Map.of(
                "FUNNEL_SERVER_PORT", "0", "FUNNEL_METRICS_PORT", "0", "FUNNEL_BUNDLES_ROOT", bundles.toString());
        RerankerConfiguration configuration = ConfigurationFile.load(RerankerConfiguration.class, file, environment);
        this.process = RerankerServiceMain.start(configuration, file, Readiness.silent());
        this.channel = NettyChannelBuilder.forAddress(
                        "127.0.0.1", process.host().port())
                .usePlaintext()
                .build();
    }

    /** Loads what lies in the folder of bundles by now. */
    RunningReranker loaded() {
        process.lookForBundles(Deadline.after(Duration.ofSeconds(20)));
        return this;
    }

    ManagedChannel channel() {
        return channel;
    }

    RerankerServiceBlockingStub reranker() {
        return RerankerServiceGrpc.newBlockingStub(channel).withDeadlineAfter(10, TimeUnit.SECONDS);
    }

    /** All items of the small bundle, item 1 the best, at the bundle's data cut, for nobody in particular. */
    static RerankRequest.Builder everyItem() {
        RerankRequest.Builder request =
                RerankRequest.newBuilder().setSlateSize(10).setQuery(query());
        Candidates.Builder candidates = Candidates.newBuilder();
        for (int item = 1; item <= SmallBundle.ITEMS; item++) {
            candidates.addItemIds(SmallBundle.item(item % SmallBundle.ITEMS));
            request.addScores(SmallBundle.ITEMS - item);
        }
        return request.setCandidates(candidates);
    }

    static Query.Builder query() {
        return Query.newBuilder().setContext(Context.newBuilder().setTime(WireTimes.timestamp(SmallBundle.NOW)));
    }

    static List<String> sampleNames() {
        return List.of("default", "discover", "home", "plain", "related");
    }

    @Override
    public void close() {
        channel.shutdownNow();
        process.close();
    }
}
