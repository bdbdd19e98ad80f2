package dev.funnel.systemtests.promise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.cli.cluster.Ports;
import dev.funnel.cli.cluster.Service;
import dev.funnel.cli.cluster.ServiceConfiguration;
import dev.funnel.proto.gateway.v1.RecommendRequest;
import dev.funnel.proto.gateway.v1.RecommendationServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process that cannot start says in one line what to change; one without a bundle waits for it and says so. */
class BadStartTest {

    private static final long PATIENCE_SECONDS = 120;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void a_misspelt_key_names_the_nearest_known_one(Service service) throws Exception {
        Path file = configuration(service, 0);
        Files.writeString(file, Files.readString(file).replace("root:", "rot:"));
        try (FunnelProcess process = FunnelProcess.start(folder, "serve", service.label(), "--config", file)) {
            assertEquals(2, process.await(PATIENCE_SECONDS), process::toString);
            String last = lastLine(process);
            assertTrue(last.contains("rot") && last.contains("root"), last);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GATEWAY", "RANKING"})
    void a_port_that_is_taken_is_named(Service service) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path file = configuration(service, taken.getLocalPort());
            try (FunnelProcess process = FunnelProcess.start(folder, "serve", service.label(), "--config", file)) {
                assertEquals(1, process.await(PATIENCE_SECONDS), process::toString);
                assertTrue(lastLine(process).contains("127.0.0.1:" + taken.getLocalPort()), lastLine(process));
            }
        }
    }

    @Test
    void without_a_bundle_a_gateway_runs_is_not_serving_and_says_what_it_waits_for() throws Exception {
        int port = Ports.free().getOrDefault(Service.GATEWAY, 0);
        Path file = configuration(Service.GATEWAY, port);
        try (FunnelProcess process = FunnelProcess.start(folder, "serve", "gateway", "--config", file);
                StockClient client = new StockClient(port)) {
            process.awaitText(PATIENCE_SECONDS, text -> text.contains("no bundle in"));
            assertEquals(
                    ServingStatus.NOT_SERVING,
                    HealthGrpc.newBlockingStub(client.channel())
                            .withWaitForReady()
                            .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
                            .check(HealthCheckRequest.getDefaultInstance())
                            .getStatus());
            StatusRuntimeException refused = assertThrows(
                    StatusRuntimeException.class,
                    () -> RecommendationServiceGrpc.newBlockingStub(client.channel())
                            .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
                            .recommend(RecommendRequest.getDefaultInstance()));
            assertEquals(Status.Code.UNAVAILABLE, refused.getStatus().getCode(), refused::toString);
            assertTrue(String.valueOf(refused.getMessage()).contains("bundle"), refused::toString);
        }
    }

    private Path configuration(Service service, int port) throws Exception {
        Path file = folder.resolve(service.label() + ".yaml");
        ServiceConfiguration.sample(service)
                .set(port, "server", "port")
                .set(0, "metrics", "port")
                .set(folder.resolve("no-bundles").toString(), "bundles", "root")
                .write(file);
        return file;
    }

    private static String lastLine(FunnelProcess process) throws Exception {
        return process.err().lines().filter(line -> !line.isBlank()).reduce("", (earlier, later) -> later);
    }
}
