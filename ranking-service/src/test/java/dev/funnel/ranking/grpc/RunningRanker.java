package dev.funnel.ranking.grpc;

import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.proto.common.v1.Candidates;
import dev.funnel.proto.common.v1.Context;
import dev.funnel.proto.common.v1.DeviceType;
import dev.funnel.proto.common.v1.FeatureValue;
import dev.funnel.proto.common.v1.InteractionColumns;
import dev.funnel.proto.common.v1.InteractionKind;
import dev.funnel.proto.common.v1.Nomination;
import dev.funnel.proto.common.v1.Query;
import dev.funnel.proto.common.v1.UserState;
import dev.funnel.proto.ranking.v1.RankRequest;
import dev.funnel.proto.ranking.v1.RankingServiceGrpc;
import dev.funnel.proto.ranking.v1.RankingServiceGrpc.RankingServiceBlockingStub;
import dev.funnel.ranking.RankingConfiguration;
import dev.funnel.ranking.RankingServiceMain;
import dev.funnel.ranking.snapshot.RankingSnapshot;
import dev.funnel.runtime.config.ConfigurationFile;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.process.Readiness;
import dev.funnel.runtime.process.StageProcess;
import dev.funnel.runtime.wire.WireTimes;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A ranker on a real socket, wired as in production from the sample configuration, on a free port and a folder of bundles. */
final class RunningRanker implements AutoCloseable {
    private static final Path SAMPLE = Path.of("../deploy/config/ranking.yaml");
    private static final int MESSAGE_BYTES = 16 << 20;

    private final StageProcess<RankingSnapshot> process;
    private final ManagedChannel channel;

    RunningRanker(Path bundles) {
        this(bundles, SAMPLE);
    }

    private RunningRanker(Path bundles, Path file) {
        Map<String, String> environment = Map.of(
                "FUNNEL_SERVER_PORT",
                "0",
                "FUNNEL_METRICS_PORT",
                "0",
                "FUNNEL_BUNDLES_ROOT",
                bundles.toString(),
                "FUNNEL_ENGINE",
                "onnx");
        RankingConfiguration configuration = ConfigurationFile.load(RankingConfiguration.class, file, environment);
        this.process = RankingServiceMain.start(configuration, Readiness.silent());
        this.channel = NettyChannelBuilder.forAddress(
                        "127.0.0.1", process.host().port())
                .usePlaintext()
                .maxInboundMessageSize(MESSAGE_BYTES)
                .build();
    }

    /** One with further lines in its configuration. */
    static RunningRanker configured(Path bundles, String more) throws IOException {
        Path file = bundles.resolve("ranking.yaml");
        Files.writeString(file, Files.readString(SAMPLE) + more);
        return new RunningRanker(bundles, file);
    }

    /** One with so many bytes for items' shares. */
    static RunningRanker withShares(Path bundles, long bytes) throws IOException {
        Path file = bundles.resolve("ranking.yaml");
        Files.writeString(file, Files.readString(SAMPLE).replace("budget: 512MiB", "budget: " + bytes + "B"));
        return new RunningRanker(bundles, file);
    }

    /** Loads what lies in the folder of bundles by now. */
    RunningRanker loaded() {
        process.lookForBundles(Deadline.after(Duration.ofSeconds(20)));
        return this;
    }

    String address() {
        return process.host().address();
    }

    ManagedChannel channel() {
        return channel;
    }

    RankingServiceBlockingStub ranker() {
        return RankingServiceGrpc.newBlockingStub(channel).withDeadlineAfter(10, TimeUnit.SECONDS);
    }

    /** Every item of the small bundle, at its data cut, for a phone in Germany whose owner watched three items. */
    static RankRequest.Builder everyItem() {
        return request(SmallBundle.ITEMS);
    }

    /** A pool of that size; beyond the bundle's items come items it does not hold. */
    static RankRequest.Builder request(int size) {
        Candidates.Builder candidates = Candidates.newBuilder();
        Nomination.Builder als = Nomination.newBuilder().setGenerator("als");
        for (int i = 0; i < size; i++) {
            candidates.addItemIds(i < SmallBundle.ITEMS ? SmallBundle.item(i) : "unknown-" + i);
            als.addPoolScores(i % 7 / 7f);
            if (i % 3 == 0) {
                als.addPositions(i).addScores(i % 7 / 7f);
            }
        }
        return RankRequest.newBuilder().setUser(user()).setQuery(query()).setCandidates(candidates.addNominations(als));
    }

    static Query.Builder query() {
        return Query.newBuilder()
                .setContext(Context.newBuilder()
                        .setTime(WireTimes.timestamp(SmallBundle.NOW))
                        .setLanguage("de")
                        .setDevice(DeviceType.DEVICE_TYPE_PHONE)
                        .putExtra(
                                "mood", FeatureValue.newBuilder().setNumber(0.5).build()));
    }

    private static UserState.Builder user() {
        InteractionColumns.Builder recent = InteractionColumns.newBuilder();
        for (int i = 1; i <= 3; i++) {
            recent.addItemIds(SmallBundle.item(7 * i))
                    .addKinds(InteractionKind.INTERACTION_KIND_WATCH)
                    .addTimesMs(SmallBundle.NOW.toEpochMilli() - i * 3_600_000L)
                    .addWatchedMs(20_000L * i)
                    .addWeights(1);
        }
        return UserState.newBuilder()
                .setRecent(recent)
                .putProfile("age", FeatureValue.newBuilder().setNumber(41).build())
                .putProfile("country", FeatureValue.newBuilder().setText("DE").build());
    }

    @Override
    public void close() {
        channel.shutdownNow();
        process.close();
    }
}
