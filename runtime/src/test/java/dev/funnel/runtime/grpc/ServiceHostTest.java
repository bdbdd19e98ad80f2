package dev.funnel.runtime.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.BadRequest;
import com.google.rpc.RetryInfo;
import dev.funnel.proto.candidate.v1.CandidateServiceGrpc;
import dev.funnel.proto.candidate.v1.RetrieveRequest;
import dev.funnel.proto.candidate.v1.RetrieveResponse;
import dev.funnel.proto.common.v1.Query;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.error.CallerError;
import dev.funnel.runtime.error.DeadlinePassed;
import dev.funnel.runtime.error.NotFound;
import dev.funnel.runtime.error.NotReady;
import dev.funnel.runtime.error.Overloaded;
import dev.funnel.runtime.error.PreconditionFailed;
import dev.funnel.runtime.error.Unauthenticated;
import dev.funnel.runtime.testing.Await;
import dev.funnel.runtime.testing.WireServer;
import dev.funnel.runtime.wire.DegradationKind;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ServiceHostTest {
    private static final String SERVICE = "funnel.candidate.v1.CandidateService";

    /** Answers every call with what it is told to. */
    private static final class Answering extends CandidateServiceGrpc.CandidateServiceImplBase {
        private final Supplier<RetrieveResponse> answer;

        Answering(Supplier<RetrieveResponse> answer) {
            this.answer = answer;
        }

        @Override
        public void retrieve(RetrieveRequest request, StreamObserver<RetrieveResponse> observer) {
            observer.onNext(answer.get());
            observer.onCompleted();
        }
    }

    private static Answering empty() {
        return new Answering(RetrieveResponse::getDefaultInstance);
    }

    private static CandidateServiceGrpc.CandidateServiceBlockingStub stub(WireServer server) {
        return CandidateServiceGrpc.newBlockingStub(server.channel());
    }

    private static StatusRuntimeException failure(RuntimeException thrown) {
        try (WireServer server = WireServer.serving(new Answering(() -> {
            throw thrown;
        }))) {
            return assertThrows(
                    StatusRuntimeException.class, () -> stub(server).retrieve(RetrieveRequest.getDefaultInstance()));
        }
    }

    @Test
    void a_caller_error_names_field_value_and_rule_in_google_rpc_details() {
        StatusRuntimeException failure =
                failure(new CallerError("query.user_id", "x".repeat(500), "must be at most 128 bytes"));
        assertEquals(Status.Code.INVALID_ARGUMENT, failure.getStatus().getCode());
        BadRequest.FieldViolation violation =
                Failures.detail(failure, BadRequest.class).orElseThrow().getFieldViolations(0);
        assertEquals("query.user_id", violation.getField());
        assertTrue(violation.getDescription().endsWith("must be at most 128 bytes"), violation.getDescription());
        assertTrue(violation.getDescription().length() < 200, violation.getDescription());
        assertEquals("INVALID_FIELD", Failures.reason(failure).orElseThrow());
    }

    @Test
    void every_refusal_has_its_status_and_reason() {
        assertStatus(Status.Code.FAILED_PRECONDITION, "GONE", new PreconditionFailed("GONE", "no such version"));
        assertStatus(Status.Code.NOT_FOUND, "NONE", new NotFound("NONE", "no such thing"));
        assertStatus(Status.Code.UNAVAILABLE, "NOT_READY", new NotReady("no bundle"));
        assertStatus(Status.Code.DEADLINE_EXCEEDED, "DEADLINE_PASSED", new DeadlinePassed("late"));
        assertStatus(Status.Code.UNAUTHENTICATED, "API_KEY_UNKNOWN", new Unauthenticated("who?"));
    }

    private static void assertStatus(Status.Code code, String reason, RuntimeException thrown) {
        StatusRuntimeException failure = failure(thrown);
        assertEquals(code, failure.getStatus().getCode());
        assertEquals(reason, Failures.reason(failure).orElseThrow());
        assertEquals(thrown.getMessage(), failure.getStatus().getDescription());
    }

    @Test
    void a_shed_call_says_when_to_try_again() {
        StatusRuntimeException failure = failure(new Overloaded("busy", Duration.ofMillis(1_500)));
        RetryInfo retry = Failures.detail(failure, RetryInfo.class).orElseThrow();
        assertEquals(1, retry.getRetryDelay().getSeconds());
        assertEquals(500_000_000, retry.getRetryDelay().getNanos());
        assertEquals(DegradationKind.SHED, Failures.degradationKind(failure));
    }

    @Test
    void what_nobody_foresaw_is_internal_and_gives_nothing_away() {
        StatusRuntimeException failure = failure(new IllegalStateException("password is hunter2"));
        assertEquals(Status.Code.INTERNAL, failure.getStatus().getCode());
        assertFalse(String.valueOf(failure.getStatus().getDescription()).contains("hunter2"));
    }

    @Test
    void a_failure_passed_to_the_observer_is_translated_too() {
        var service = new CandidateServiceGrpc.CandidateServiceImplBase() {
            @Override
            public void retrieve(RetrieveRequest request, StreamObserver<RetrieveResponse> observer) {
                observer.onError(new CallerError("effort", 2.0f, "must be in (0, 1]"));
            }
        };
        try (WireServer server = WireServer.serving(service)) {
            StatusRuntimeException failure = assertThrows(
                    StatusRuntimeException.class, () -> stub(server).retrieve(RetrieveRequest.getDefaultInstance()));
            assertEquals(Status.Code.INVALID_ARGUMENT, failure.getStatus().getCode());
            assertEquals("INVALID_FIELD", Failures.reason(failure).orElseThrow());
        }
    }

    @Test
    void a_version_not_held_is_a_missing_version_to_the_caller() {
        StatusRuntimeException failure = failure(new PreconditionFailed(PreconditionFailed.VERSION_NOT_HELD, "v"));
        assertEquals(DegradationKind.VERSION_MISSING, Failures.degradationKind(failure));
    }

    @Test
    void a_call_without_a_deadline_is_given_one() {
        AtomicInteger millisLeft = new AtomicInteger();
        Answering service = new Answering(() -> {
            millisLeft.set((int) Deadline.ofCall().remaining().toMillis());
            return RetrieveResponse.getDefaultInstance();
        });
        try (WireServer server = WireServer.serving(WireServer.settings("default_deadline: 3s"), service);
                RawClient client = new RawClient(server.host().address())) {
            client.stub().retrieve(RetrieveRequest.getDefaultInstance());
            assertTrue(millisLeft.get() > 1_000 && millisLeft.get() <= 3_000, () -> "left: " + millisLeft);
        }
    }

    @Test
    void a_deadline_beyond_the_longest_is_cut() {
        AtomicInteger millisLeft = new AtomicInteger();
        Answering service = new Answering(() -> {
            millisLeft.set((int) Deadline.ofCall().remaining().toMillis());
            return RetrieveResponse.getDefaultInstance();
        });
        try (WireServer server = WireServer.serving(WireServer.settings("longest_deadline: 5s"), service)) {
            stub(server).withDeadlineAfter(1, TimeUnit.HOURS).retrieve(RetrieveRequest.getDefaultInstance());
            assertTrue(millisLeft.get() > 2_000 && millisLeft.get() <= 5_000, () -> "left: " + millisLeft);
        }
    }

    @Test
    void a_deadline_travels_to_virtual_threads() {
        AtomicInteger millisLeft = new AtomicInteger();
        Answering service = new Answering(() -> {
            try (VirtualThreads threads = new VirtualThreads()) {
                millisLeft.set(
                        threads.submit(() -> (int) Deadline.ofCall().remaining().toMillis())
                                .get());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return RetrieveResponse.getDefaultInstance();
        });
        try (WireServer server = WireServer.serving(service)) {
            stub(server).withDeadlineAfter(7, TimeUnit.SECONDS).retrieve(RetrieveRequest.getDefaultInstance());
            assertTrue(millisLeft.get() > 2_000 && millisLeft.get() <= 7_000, () -> "left: " + millisLeft);
        }
    }

    @Test
    void calls_beyond_the_bound_are_shed_and_places_are_given_back() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Answering service = new Answering(() -> {
            inside.countDown();
            awaitLatch(goOn);
            return RetrieveResponse.getDefaultInstance();
        });
        try (WireServer server =
                WireServer.serving(WireServer.settings("admission: {adaptive: off, max: 1}"), service)) {
            CompletableFuture<RetrieveResponse> first =
                    aside(() -> stub(server).retrieve(RetrieveRequest.getDefaultInstance()));
            awaitLatch(inside);
            StatusRuntimeException failure = assertThrows(
                    StatusRuntimeException.class, () -> stub(server).retrieve(RetrieveRequest.getDefaultInstance()));
            assertEquals(Status.Code.RESOURCE_EXHAUSTED, failure.getStatus().getCode());
            assertTrue(Failures.detail(failure, RetryInfo.class).isPresent());
            assertEquals(ServingStatus.SERVING, health(server, ""));
            goOn.countDown();
            first.get(10, TimeUnit.SECONDS);
            for (int i = 0; i < 3; i++) {
                stub(server).retrieve(RetrieveRequest.getDefaultInstance());
            }
        }
    }

    @Test
    void health_follows_readiness_per_service_and_overall() {
        try (WireServer server = WireServer.serving(empty())) {
            assertEquals(ServingStatus.SERVING, health(server, ""));
            assertEquals(ServingStatus.SERVING, health(server, SERVICE));
            server.host().ready(false);
            assertEquals(ServingStatus.NOT_SERVING, health(server, ""));
            assertEquals(ServingStatus.NOT_SERVING, health(server, SERVICE));
            StatusRuntimeException unknown = assertThrows(StatusRuntimeException.class, () -> health(server, "x"));
            assertEquals(Status.Code.NOT_FOUND, unknown.getStatus().getCode());
        }
    }

    private static ServingStatus health(WireServer server, String service) {
        return HealthGrpc.newBlockingStub(server.channel())
                .check(HealthCheckRequest.newBuilder().setService(service).build())
                .getStatus();
    }

    @Test
    void reflection_lists_the_services_and_can_be_switched_off() throws Exception {
        try (WireServer server = WireServer.serving(empty())) {
            assertTrue(reflectedServices(server).contains(SERVICE));
        }
        try (WireServer server = WireServer.serving(WireServer.settings("reflection: false"), empty())) {
            Exception failure = assertThrows(Exception.class, () -> reflectedServices(server));
            assertEquals(
                    Status.Code.UNIMPLEMENTED, Status.fromThrowable(failure).getCode());
        }
    }

    private static List<String> reflectedServices(WireServer server) throws Exception {
        CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> requests = ServerReflectionGrpc.newStub(server.channel())
                .serverReflectionInfo(new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse response) {
                        answer.complete(response);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        answer.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {}
                });
        requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
        ServerReflectionResponse response = answer.get(10, TimeUnit.SECONDS);
        requests.onCompleted();
        return response.getListServicesResponse().getServiceList().stream()
                .map(service -> service.getName())
                .toList();
    }

    @Test
    void a_message_over_the_bound_is_answered_with_the_bound() {
        try (WireServer server = WireServer.serving(WireServer.settings("max_message: 64KiB"), empty())) {
            RetrieveRequest large = RetrieveRequest.newBuilder()
                    .setQuery(Query.newBuilder().setUserId("x".repeat(100_000)))
                    .build();
            StatusRuntimeException failure = assertThrows(
                    StatusRuntimeException.class, () -> stub(server).retrieve(large));
            assertEquals(Status.Code.RESOURCE_EXHAUSTED, failure.getStatus().getCode());
            String description = String.valueOf(failure.getStatus().getDescription());
            assertTrue(description.contains("65536"), description);
        }
    }

    @Test
    void a_taken_port_is_named_with_what_to_do() {
        try (WireServer server = WireServer.serving(empty())) {
            int port = server.host().port();
            ServerSettings taken = WireServer.settings("host: 127.0.0.1").withPort(port);
            StartFailure failure = assertThrows(
                    StartFailure.class,
                    () -> ServiceHost.builder(taken).service(empty()).start().close());
            String message = String.valueOf(failure.getMessage());
            assertTrue(message.contains("127.0.0.1:" + port), message);
            assertTrue(message.contains("FUNNEL_SERVER_PORT"), message);
        }
    }

    @Test
    void draining_lets_calls_under_way_end_and_takes_no_new_ones() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Answering service = new Answering(() -> {
            inside.countDown();
            awaitLatch(goOn);
            return RetrieveResponse.getDefaultInstance();
        });
        try (WireServer server = WireServer.serving(service)) {
            CompletableFuture<RetrieveResponse> underWay =
                    aside(() -> stub(server).retrieve(RetrieveRequest.getDefaultInstance()));
            awaitLatch(inside);
            CompletableFuture<Boolean> drained = aside(() -> server.host().drain(Duration.ofSeconds(10)));
            Channel other = server.channel();
            Await.until("new calls are refused", () -> refused(other));
            assertFalse(underWay.isDone());
            goOn.countDown();
            assertEquals(RetrieveResponse.getDefaultInstance(), underWay.get(10, TimeUnit.SECONDS));
            assertTrue(drained.get(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void those_who_watch_the_health_are_told_before_calls_are_refused() throws Exception {
        List<ServingStatus> told = new CopyOnWriteArrayList<>();
        try (WireServer server =
                WireServer.serving(WireServer.settingsWithNotice(Duration.ofSeconds(20), ""), empty())) {
            CancellableContext watching = Context.current().withCancellation();
            watching.run(() -> HealthGrpc.newStub(server.channel())
                    .watch(HealthCheckRequest.getDefaultInstance(), collecting(told)));
            Await.until("the watcher is told", () -> told.equals(List.of(ServingStatus.SERVING)));
            CompletableFuture<Boolean> drained = aside(() -> server.host().drain(Duration.ofSeconds(10)));
            Await.until("the watcher is told again", () -> told.contains(ServingStatus.NOT_SERVING));
            stub(server).retrieve(RetrieveRequest.getDefaultInstance());
            assertFalse(drained.isDone());
            watching.cancel(null);
            assertTrue(drained.get(10, TimeUnit.SECONDS));
        }
    }

    private static StreamObserver<HealthCheckResponse> collecting(List<ServingStatus> told) {
        return new StreamObserver<>() {
            @Override
            public void onNext(HealthCheckResponse response) {
                told.add(response.getStatus());
            }

            @Override
            public void onError(Throwable cancelled) {}

            @Override
            public void onCompleted() {}
        };
    }

    private static boolean refused(Channel channel) {
        try {
            HealthGrpc.newBlockingStub(channel).check(HealthCheckRequest.getDefaultInstance());
            return false;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode() == Status.Code.UNAVAILABLE;
        }
    }

    @Test
    void a_call_without_a_deadline_never_leaves() {
        try (WireServer server = WireServer.serving(empty())) {
            var stub = CandidateServiceGrpc.newBlockingStub(
                    server.bareChannel(server.host().address()));
            assertThrows(IllegalStateException.class, () -> stub.retrieve(RetrieveRequest.getDefaultInstance()));
            ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
            Context.CancellableContext context = Context.current().withDeadlineAfter(5, TimeUnit.SECONDS, timer);
            context.run(() -> stub.retrieve(RetrieveRequest.getDefaultInstance()));
            context.cancel(null);
            timer.shutdown();
        }
    }

    /** Runs on a thread of its own: the common pool has one thread on a small machine. */
    private static <T> CompletableFuture<T> aside(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, task -> Thread.ofVirtual().start(task));
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
