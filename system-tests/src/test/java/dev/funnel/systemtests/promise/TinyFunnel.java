package dev.funnel.systemtests.promise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.Timestamp;
import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.CategoryColumn;
import dev.funnel.cli.Funnel;
import dev.funnel.cli.cluster.ClusterPlan;
import dev.funnel.cli.cluster.LocalCluster;
import dev.funnel.cli.cluster.Ports;
import dev.funnel.cli.cluster.Service;
import dev.funnel.proto.common.v1.Context;
import dev.funnel.proto.common.v1.Interaction;
import dev.funnel.proto.common.v1.InteractionKind;
import dev.funnel.proto.common.v1.Query;
import dev.funnel.proto.gateway.v1.RecommendRequest;
import dev.funnel.proto.gateway.v1.RecommendationServiceGrpc;
import dev.funnel.runtime.testing.TraceCollector;
import dev.funnel.trainer.simulate.DemoWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A small simulated world, trained once with the commands that a user types, and the four services that serve it as child
 * processes. Shared by all tests that do not harm it; with a {@link #plan} of its own a test starts a cluster that it may harm.
 */
public final class TinyFunnel implements AutoCloseable {

    static final int ITEMS = 600;
    static final int USERS = 120;
    static final int IMPRESSIONS = 40_000;
    static final int SEED = 7;

    /** Virtual shards of the catalogue. */
    static final int SHARDS = 4;

    /** What a test waits for an answer at most. */
    static final long PATIENCE_SECONDS = 10;

    /** Flags of a service's JVM that does not live long enough for its second compiler to pay. */
    static final List<String> QUICK_TO_START = List.of("-XX:TieredStopAtLevel=1");

    private final Path folder;
    private final DemoWorld world;
    private final LocalCluster cluster;
    private final StockClient client;
    private final Bundle bundle;
    private @Nullable ReplicatedFunnel replicated;
    private final TraceCollector collector = new TraceCollector();

    private TinyFunnel(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        run(
                "generate",
                "--out",
                data().toString(),
                "--items",
                ITEMS,
                "--users",
                USERS,
                "--days",
                20,
                "--impressions",
                IMPRESSIONS);
        this.world = DemoWorld.open(data());
        run("train", "--data", data().toString(), "--out", bundles().toString(), "--name", "demo", "--shards", SHARDS);
        this.cluster = LocalCluster.start(traced(plan("shared")));
        this.client = new StockClient(cluster.port(Service.GATEWAY));
        this.bundle = openNewest();
    }

    static TinyFunnel start() {
        try {
            return new TinyFunnel(Files.createTempDirectory("funnel-system-tests-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    DemoWorld world() {
        return world;
    }

    Path data() {
        return folder.resolve("data");
    }

    Path bundles() {
        return folder.resolve("bundles");
    }

    LocalCluster cluster() {
        return cluster;
    }

    /** The shared gateway. */
    RecommendationServiceGrpc.RecommendationServiceBlockingStub gateway() {
        return RecommendationServiceGrpc.newBlockingStub(client.channel())
                .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Replicas of every stage behind two gateways, over versions of their own; shared by the tests of roll-outs. */
    synchronized ReplicatedFunnel replicated() {
        if (replicated == null) {
            try {
                BundleStore store = new BundleStore(bundles(), "demo");
                replicated = new ReplicatedFunnel(
                        folder.resolve("replicated"), store.path(store.newest().orElseThrow()));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        return replicated;
    }

    /** Steady questions of many users at the gateways of a funnel. */
    SteadyLoad load(ReplicatedFunnel asked) {
        return new SteadyLoad(
                asked.targets(Service.GATEWAY),
                number -> request(query -> query.setUserId(world.userId(number % USERS)))
                        .build());
    }

    /** Where the shared services send the traces of requests whose caller has them traced. */
    TraceCollector collector() {
        return collector;
    }

    private ClusterPlan traced(ClusterPlan plan) {
        for (Service service : Service.values()) {
            plan.configuration(service)
                    .set(Map.of("endpoint", collector.endpoint(), "sample", 0), "telemetry", "traces");
        }
        return plan;
    }

    /** A plan over the same bundles, with the sample configuration, free ports, and as much time for a request as its caller gives it. */
    ClusterPlan plan(String name) {
        return plan(name, bundles());
    }

    /** The same over bundles of the same name in another folder. */
    ClusterPlan plan(String name, Path bundles) {
        Map<Service, List<String>> quickToStart =
                Stream.of(Service.values()).collect(Collectors.toMap(service -> service, service -> QUICK_TO_START));
        ClusterPlan plan = ClusterPlan.ofSamples(bundles, "demo", folder.resolve(name), Ports.free())
                .withJvmFlags(quickToStart);
        plan.configuration(Service.GATEWAY).set(PATIENCE_SECONDS + "s", "pipelines", "home", "deadline_cap");
        return plan;
    }

    /** A question at the end of the world's log. */
    RecommendRequest.Builder request(UnaryOperator<Query.Builder> query) {
        Query.Builder at = Query.newBuilder().setContext(Context.newBuilder().setTime(now()));
        return RecommendRequest.newBuilder().setQuery(query.apply(at));
    }

    /** The end of the world's log. */
    Timestamp now() {
        return Timestamp.newBuilder().setSeconds(world.end().getEpochSecond()).build();
    }

    /** A watch of an item, by its number. */
    Interaction watch(int item) {
        return Interaction.newBuilder()
                .setItemId(world.itemId(item))
                .setKind(InteractionKind.INTERACTION_KIND_WATCH)
                .build();
    }

    /** The language of an item, empty if it has none. */
    String language(String itemId) {
        CategoryColumn languages = Objects.requireNonNull(bundle.items().category("language"));
        int code = languages.code(bundle.items().indexOf(itemId));
        return code < 0 ? "" : languages.value(code);
    }

    @Override
    public void close() throws IOException {
        if (replicated != null) {
            replicated.close();
        }
        client.close();
        bundle.close();
        cluster.close();
        collector.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private Bundle openNewest() throws IOException {
        BundleStore store = new BundleStore(bundles(), "demo");
        try {
            return Bundle.open(store.path(store.newest().orElseThrow()));
        } catch (BundleRefusedException e) {
            throw new IOException(e);
        }
    }

    private void run(Object... words) {
        String[] arguments = Stream.of(words).map(String::valueOf).toArray(String[]::new);
        assertEquals(0, Funnel.commandLine().execute(withSeed(arguments)), () -> String.join(" ", arguments));
    }

    private static String[] withSeed(String[] arguments) {
        return Stream.concat(Stream.of(arguments), Stream.of("--seed", String.valueOf(SEED)))
                .toArray(String[]::new);
    }
}
