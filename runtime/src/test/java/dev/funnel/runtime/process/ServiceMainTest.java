package dev.funnel.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.proto.admin.v1.BundleServiceGrpc;
import dev.funnel.proto.admin.v1.BundleState;
import dev.funnel.proto.admin.v1.ListBundlesRequest;
import dev.funnel.proto.admin.v1.ListBundlesResponse;
import dev.funnel.proto.admin.v1.LoadBundleRequest;
import dev.funnel.proto.admin.v1.RollBackBundleRequest;
import dev.funnel.proto.candidate.v1.CandidateServiceGrpc;
import dev.funnel.proto.candidate.v1.ListGeneratorsRequest;
import dev.funnel.proto.candidate.v1.ListGeneratorsResponse;
import dev.funnel.runtime.bundle.BundleSettings;
import dev.funnel.runtime.bundle.Lease;
import dev.funnel.runtime.bundle.Snapshots;
import dev.funnel.runtime.config.Secret;
import dev.funnel.runtime.grpc.ServerSettings;
import dev.funnel.runtime.live.LiveBatch;
import dev.funnel.runtime.live.LiveSnapshot;
import dev.funnel.runtime.telemetry.Metrics;
import dev.funnel.runtime.telemetry.MetricsSettings;
import dev.funnel.runtime.testing.Await;
import dev.funnel.runtime.testing.ForkedProcess;
import dev.funnel.runtime.testing.WireServer;
import dev.funnel.runtime.wire.FromWire;
import dev.funnel.runtime.wire.ToWire;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class ServiceMainTest {
    /** A service that answers with the version it holds, after a pause. */
    static final class Probe {
        record Configuration(
                ServerSettings server,
                @Nullable MetricsSettings metrics,
                BundleSettings bundles,
                @Nullable Secret token,
                Duration pause) {}

        record Nothing() implements LiveSnapshot<Nothing> {
            @Override
            public Nothing with(LiveBatch batch) {
                return this;
            }

            @Override
            public void close() {}
        }

        private Probe() {}

        public static void main(String[] args) {
            ServiceMain.run("probe-service", args, Configuration.class, Probe::start);
        }

        static AutoCloseable start(Configuration configuration, Readiness readiness) {
            Snapshots<Nothing> snapshots = new Snapshots<>(configuration.bundles());
            var service = new CandidateServiceGrpc.CandidateServiceImplBase() {
                @Override
                public void listGenerators(
                        ListGeneratorsRequest request, StreamObserver<ListGeneratorsResponse> answer) {
                    try (Lease<Nothing> lease = snapshots.lease(FromWire.bundleRef("bundle", request.getBundle()))) {
                        pause(configuration.pause());
                        answer.onNext(ListGeneratorsResponse.newBuilder()
                                .setBundle(ToWire.bundleRef(lease.bundle()))
                                .build());
                        answer.onCompleted();
                    }
                }
            };
            return StageProcess.start(
                    configuration.server(),
                    Metrics.open(configuration.metrics(), "probe-service"),
                    configuration.bundles(),
                    snapshots,
                    bundle -> new Nothing(),
                    List.of(service),
                    List.of(),
                    readiness);
        }

        private static void pause(Duration pause) {
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @TempDir
    private Path folder;

    private Path bundles() {
        return folder.resolve("bundles");
    }

    private ForkedProcess start(String yaml) throws IOException {
        return start(yaml, Map.of());
    }

    private ForkedProcess start(String yaml, Map<String, String> environment, String... more) throws IOException {
        Path file = Files.writeString(
                folder.resolve("probe.yaml"),
                "bundles: {root: %s, poll: 20ms}\ntoken: hunter2\n%s".formatted(bundles(), yaml));
        String[] args = new String[2 + more.length];
        args[0] = "--config";
        args[1] = file.toString();
        System.arraycopy(more, 0, args, 2, more.length);
        return ForkedProcess.start(Probe.class, environment, args);
    }

    private static String address(String line) {
        return line.split(" ")[2];
    }

    private static ServingStatus health(Channel channel) {
        return HealthGrpc.newBlockingStub(channel)
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus();
    }

    @Test
    void a_process_starts_without_a_bundle_picks_one_up_serves_it_drains_on_sigterm_and_ends_with_0() throws Exception {
        try (ForkedProcess process = start("server: {port: 0}\npause: 300ms");
                WireServer client = WireServer.serving()) {
            String waiting = process.awaitLine("waiting probe-service 127.0.0.1:");
            assertTrue(waiting.contains("no bundle in " + bundles()), waiting);
            Channel channel = client.channel(address(waiting));
            var stub = CandidateServiceGrpc.newBlockingStub(channel);
            assertEquals(ServingStatus.NOT_SERVING, health(channel));
            StatusRuntimeException notReady = assertThrows(
                    StatusRuntimeException.class,
                    () -> stub.listGenerators(ListGeneratorsRequest.getDefaultInstance()));
            assertEquals(Status.Code.UNAVAILABLE, notReady.getStatus().getCode());

            BundleVersion version = SmallBundle.publish(bundles());
            assertEquals(
                    "ready probe-service " + address(waiting) + " bundle demo/" + version, process.awaitLine("ready "));
            assertEquals(ServingStatus.SERVING, health(channel));

            var underWay = new CompletableFuture<ListGeneratorsResponse>();
            Thread.ofVirtual()
                    .start(() -> underWay.complete(stub.listGenerators(ListGeneratorsRequest.getDefaultInstance())));
            Await.until("the call is under way", () -> leases(channel) == 1);
            process.terminate();
            assertEquals(version.value(), underWay.get().getBundle().getVersion());
            assertEquals(ServiceMain.STOPPED, process.awaitExit());
            String log = String.join("\n", process.err());
            assertTrue(log.contains("configuration in effect"), log);
            assertTrue(log.contains("longest_deadline: \"30s\"") || log.contains("longest_deadline: 30s"), log);
            assertFalse(log.contains("hunter2"), log);
        }
    }

    private static int leases(Channel channel) {
        return list(channel).getBundlesList().stream()
                .mapToInt(bundle -> bundle.getLeases())
                .sum();
    }

    private static ListBundlesResponse list(Channel channel) {
        return BundleServiceGrpc.newBlockingStub(channel).listBundles(ListBundlesRequest.getDefaultInstance());
    }

    @Test
    void an_operator_lists_loads_and_rolls_back_over_the_wire() throws Exception {
        BundleVersion older = SmallBundle.publish(bundles());
        BundleVersion newer = SmallBundle.publish(bundles());
        try (ForkedProcess process = start("server: {port: 0}\npause: 0ms");
                WireServer client = WireServer.serving()) {
            Channel channel = client.channel(address(process.awaitLine("ready ")));
            var admin = BundleServiceGrpc.newBlockingStub(channel);
            assertEquals(
                    List.of(newer.value(), older.value()),
                    list(channel).getBundlesList().stream()
                            .map(bundle -> bundle.getBundle().getVersion())
                            .toList());
            assertEquals(
                    older.value(),
                    admin.rollBackBundle(RollBackBundleRequest.getDefaultInstance())
                            .getBundle()
                            .getBundle()
                            .getVersion());
            assertEquals(
                    BundleState.BUNDLE_STATE_PREVIOUS,
                    list(channel).getBundles(0).getState());
            LoadBundleRequest.Builder wrong = LoadBundleRequest.newBuilder();
            wrong.getBundleBuilder().setVersion("../../etc/passwd");
            StatusRuntimeException refusal =
                    assertThrows(StatusRuntimeException.class, () -> admin.loadBundle(wrong.build()));
            assertEquals(Status.Code.INVALID_ARGUMENT, refusal.getStatus().getCode());
            assertEquals(
                    newer.value(),
                    admin.loadBundle(LoadBundleRequest.getDefaultInstance())
                            .getBundle()
                            .getBundle()
                            .getVersion());
        }
    }

    @Test
    void a_misspelt_key_ends_it_with_2_and_one_line_that_names_the_nearest() throws Exception {
        try (ForkedProcess process = start("server: {prot: 0, port: 0}\npause: 0ms")) {
            assertEquals(ServiceMain.MISCONFIGURED, process.awaitExit());
            assertEquals(
                    List.of("probe-service cannot start: " + folder.resolve("probe.yaml")
                            + ":3: server.prot: unknown key \"prot\"; did you mean \"port\"?"),
                    process.err());
        }
    }

    @Test
    void a_misspelt_option_ends_it_with_2() throws Exception {
        try (ForkedProcess process = ForkedProcess.start(Probe.class, Map.of(), "--confg", "x.yaml")) {
            assertEquals(ServiceMain.MISCONFIGURED, process.awaitExit());
            assertTrue(
                    process.err().getLast().contains("did you mean \"--config\"?"),
                    () -> process.err().toString());
        }
    }

    @Test
    void a_taken_port_ends_it_with_1_and_a_line_that_names_the_port() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ForkedProcess process = start(
                        "server: {port: 0}\npause: 0ms",
                        Map.of("FUNNEL_SERVER_PORT", Integer.toString(taken.getLocalPort())))) {
            assertEquals(ServiceMain.FAILED, process.awaitExit());
            String last = process.err().getLast();
            assertTrue(
                    last.startsWith("probe-service cannot start: cannot listen on 127.0.0.1:" + taken.getLocalPort()),
                    last);
        }
    }

    /** Starts the probe as its child and stays until it is killed. */
    static final class Parent {
        private Parent() {}

        public static void main(String[] args) throws Exception {
            try (ForkedProcess child = ForkedProcess.start(Probe.class, Map.of(), args)) {
                child.awaitLine("waiting ");
                System.out.println("child " + child.pid());
                child.awaitExit();
            }
        }
    }

    @Test
    void with_exit_with_parent_it_does_not_outlive_its_parent() throws Exception {
        Path file = Files.writeString(
                folder.resolve("probe.yaml"),
                "bundles: {root: %s}\nserver: {port: 0}\npause: 0ms".formatted(bundles()));
        try (ForkedProcess parent =
                ForkedProcess.start(Parent.class, Map.of(), "--config", file.toString(), "--exit-with-parent")) {
            long child = Long.parseLong(parent.awaitLine("child ").split(" ")[1]);
            assertTrue(ProcessHandle.of(child).isPresent());
            parent.kill();
            Await.until("the child is gone", () -> ProcessHandle.of(child).isEmpty());
        }
    }
}
