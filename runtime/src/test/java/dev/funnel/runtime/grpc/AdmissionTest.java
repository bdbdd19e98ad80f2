package dev.funnel.runtime.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.RetryInfo;
import dev.funnel.proto.admin.v1.BundleServiceGrpc;
import dev.funnel.proto.admin.v1.ListBundlesRequest;
import dev.funnel.proto.admin.v1.ListBundlesResponse;
import dev.funnel.proto.candidate.v1.CandidateServiceGrpc;
import dev.funnel.proto.candidate.v1.CandidateServiceGrpc.CandidateServiceBlockingStub;
import dev.funnel.proto.candidate.v1.RetrieveRequest;
import dev.funnel.proto.candidate.v1.RetrieveResponse;
import dev.funnel.runtime.admission.Priority;
import dev.funnel.runtime.config.InvalidConfiguration;
import dev.funnel.runtime.testing.Await;
import dev.funnel.runtime.testing.WireClient;
import dev.funnel.runtime.testing.WireServer;
import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in, over the wire. */
class AdmissionTest {
    private static final String WEB = "0123456789abcdef";
    private static final String NIGHTLY = "fedcba9876543210";

    /** Keeps calls until it is told to let go, and remembers their priorities. */
    private static final class Keeping extends CandidateServiceGrpc.CandidateServiceImplBase {
        private final CountDownLatch letGo = new CountDownLatch(1);
        private final List<Priority> begun = new CopyOnWriteArrayList<>();

        @Override
        public void retrieve(RetrieveRequest request, StreamObserver<RetrieveResponse> answer) {
            begun.add(CallPriority.current());
            try {
                assertTrue(letGo.await(20, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            answer.onNext(RetrieveResponse.getDefaultInstance());
            answer.onCompleted();
        }
    }

    private static Keeping quick() {
        Keeping quick = new Keeping();
        quick.letGo.countDown();
        return quick;
    }

    private static CandidateServiceBlockingStub stub(WireServer server, String... headers) {
        return CandidateServiceGrpc.newBlockingStub(server.channel()).withInterceptors(header(headers));
    }

    private static ClientInterceptor header(String... headers) {
        Metadata sent = new Metadata();
        for (int i = 0; i < headers.length; i += 2) {
            sent.put(Metadata.Key.of(headers[i], Metadata.ASCII_STRING_MARSHALLER), headers[i + 1]);
        }
        return MetadataUtils.newAttachHeadersInterceptor(sent);
    }

    private static void call(CandidateServiceBlockingStub stub) {
        RetrieveResponse answer = stub.retrieve(RetrieveRequest.getDefaultInstance());
        assertEquals(RetrieveResponse.getDefaultInstance(), answer);
    }

    private static StatusRuntimeException refused(CandidateServiceBlockingStub stub, Status.Code code, String reason) {
        StatusRuntimeException failure = assertThrows(StatusRuntimeException.class, () -> call(stub));
        assertEquals(code, failure.getStatus().getCode(), failure::toString);
        assertEquals(reason, Failures.reason(failure).orElseThrow());
        return failure;
    }

    private static @Nullable String pushback(StatusRuntimeException failure) {
        return Objects.requireNonNull(failure.getTrailers()).get(Failures.PUSHBACK);
    }

    private static Thread aside(CandidateServiceBlockingStub stub) {
        return Thread.ofVirtual().start(() -> call(stub));
    }

    private static String settings(Path folder, String clients) throws IOException {
        Path keys = Files.writeString(folder.resolve("keys"), WEB + " web\n" + NIGHTLY + " nightly\n");
        return "api_keys: " + keys + "\nclients: " + clients;
    }

    @Test
    void batch_calls_are_shed_while_interactive_ones_are_let_in() throws Exception {
        Keeping service = new Keeping();
        try (WireServer server =
                WireServer.serving(WireServer.settings("admission: {adaptive: off, max: 2}"), service)) {
            Thread first = aside(stub(server, "x-funnel-priority", "batch"));
            Await.until("a batch call is under way", () -> service.begun.size() == 1);
            StatusRuntimeException shed =
                    refused(stub(server, "x-funnel-priority", "batch"), Status.Code.RESOURCE_EXHAUSTED, "OVERLOADED");
            assertEquals(
                    2,
                    Failures.detail(shed, RetryInfo.class)
                            .orElseThrow()
                            .getRetryDelay()
                            .getSeconds());
            assertEquals("-1", pushback(shed), "our own callers have something else to serve");
            try (RawClient stranger = new RawClient(server.host().address())) {
                var batch = stranger.stub().withInterceptors(header("x-funnel-priority", "batch"));
                assertEquals("2000", pushback(refused(batch, Status.Code.RESOURCE_EXHAUSTED, "OVERLOADED")));
            }
            Thread second = aside(stub(server));
            Await.until("an interactive call is under way", () -> service.begun.size() == 2);
            assertEquals(List.of(Priority.BATCH, Priority.INTERACTIVE), service.begun);
            refused(stub(server), Status.Code.RESOURCE_EXHAUSTED, "OVERLOADED");
            HealthGrpc.newBlockingStub(server.channel()).check(HealthCheckRequest.getDefaultInstance());
            service.letGo.countDown();
            first.join();
            second.join();
            call(stub(server));
        }
    }

    @Test
    void operators_are_let_in_when_everyone_else_is_shed() throws Exception {
        Keeping service = new Keeping();
        ServiceHost host = ServiceHost.builder(WireServer.settings("admission: {adaptive: off, max: 1}"))
                .service(service)
                .adminService(new BundleServiceGrpc.BundleServiceImplBase() {
                    @Override
                    public void listBundles(ListBundlesRequest request, StreamObserver<ListBundlesResponse> answer) {
                        answer.onNext(ListBundlesResponse.getDefaultInstance());
                        answer.onCompleted();
                    }
                })
                .start();
        try (host;
                WireClient client = new WireClient()) {
            var stub = CandidateServiceGrpc.newBlockingStub(client.channel(host.address()));
            Thread first = aside(stub);
            Await.until("a call is under way", () -> service.begun.size() == 1);
            refused(stub, Status.Code.RESOURCE_EXHAUSTED, "OVERLOADED");
            BundleServiceGrpc.newBlockingStub(client.channel(host.address()))
                    .listBundles(ListBundlesRequest.getDefaultInstance());
            service.letGo.countDown();
            first.join();
        }
    }

    @Test
    void a_priority_goes_on_to_whoever_is_called_in_turn() {
        Keeping behind = quick();
        try (WireServer last = WireServer.serving(behind);
                Channels channels = new Channels()) {
            var onward = CandidateServiceGrpc.newBlockingStub(
                    channels.open(ChannelSettings.of(last.host().address()), CandidateServiceGrpc.SERVICE_NAME));
            var front = new CandidateServiceGrpc.CandidateServiceImplBase() {
                @Override
                public void retrieve(RetrieveRequest request, StreamObserver<RetrieveResponse> answer) {
                    answer.onNext(onward.retrieve(request));
                    answer.onCompleted();
                }
            };
            try (WireServer server = WireServer.serving(front)) {
                call(stub(server, "x-funnel-priority", "prefetch"));
                call(stub(server));
            }
        }
        assertEquals(List.of(Priority.PREFETCH, Priority.INTERACTIVE), behind.begun);
    }

    @Test
    void a_client_has_no_higher_priority_than_it_may_use(@TempDir Path folder) throws IOException {
        Keeping service = quick();
        String settings = settings(folder, "{nightly: {priority: batch}}");
        try (WireServer server = WireServer.serving(WireServer.settings(settings), service)) {
            call(stub(server, "x-api-key", NIGHTLY, "x-funnel-priority", "interactive"));
            call(stub(server, "x-api-key", NIGHTLY));
            call(stub(server, "x-api-key", WEB));
            call(stub(server, "x-api-key", WEB, "x-funnel-priority", "prefetch"));
        }
        assertEquals(List.of(Priority.BATCH, Priority.BATCH, Priority.INTERACTIVE, Priority.PREFETCH), service.begun);
    }

    @Test
    void a_priority_that_is_none_is_the_callers_error() {
        try (WireServer server = WireServer.serving(quick())) {
            StatusRuntimeException failure =
                    refused(stub(server, "x-funnel-priority", "urgent"), Status.Code.INVALID_ARGUMENT, "INVALID_FIELD");
            assertEquals(
                    "header x-funnel-priority: \"urgent\" must be one of interactive, prefetch, batch",
                    failure.getStatus().getDescription());
        }
    }

    @Test
    void a_client_over_its_quota_is_told_how_long_to_wait_and_others_are_served(@TempDir Path folder)
            throws IOException {
        Keeping service = quick();
        String settings = settings(folder, "{nightly: {rate: 1, burst: 2}}");
        try (WireServer server = WireServer.serving(WireServer.settings(settings), service)) {
            call(stub(server, "x-api-key", NIGHTLY));
            call(stub(server, "x-api-key", NIGHTLY));
            StatusRuntimeException failure = awaitOverQuota(server);
            RetryInfo retry = Failures.detail(failure, RetryInfo.class).orElseThrow();
            assertTrue(retry.getRetryDelay().getSeconds() <= 1, retry::toString);
            assertFalse(retry.equals(RetryInfo.getDefaultInstance()));
            for (int i = 0; i < 20; i++) {
                call(stub(server, "x-api-key", WEB));
            }
            HealthGrpc.newBlockingStub(server.channel()).check(HealthCheckRequest.getDefaultInstance());
        }
    }

    /** A machine that is slow enough earns the client another call or two first. */
    private static StatusRuntimeException awaitOverQuota(WireServer server) {
        for (int i = 0; i < 100; i++) {
            try {
                call(stub(server, "x-api-key", NIGHTLY));
            } catch (StatusRuntimeException e) {
                assertEquals(Status.Code.RESOURCE_EXHAUSTED, e.getStatus().getCode());
                assertEquals("QUOTA_EXCEEDED", Failures.reason(e).orElseThrow());
                return e;
            }
        }
        throw new AssertionError("never over its quota");
    }

    @Test
    void quotas_of_clients_without_keys_are_refused(@TempDir Path folder) throws IOException {
        assertRefused(settings(folder, "{wep: {rate: 1}}"), "did you mean \"web\"?");
        assertRefused("clients: {web: {rate: 1}}", "there are no keys");
    }

    private static void assertRefused(String settings, String end) {
        InvalidConfiguration refused = assertThrows(
                InvalidConfiguration.class,
                () -> ServiceHost.builder(WireServer.settings(settings))
                        .service(quick())
                        .start()
                        .close());
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.endsWith(end), message);
    }
}
