package dev.funnel.runtime.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.proto.candidate.v1.CandidateServiceGrpc;
import dev.funnel.proto.candidate.v1.RetrieveRequest;
import dev.funnel.proto.candidate.v1.RetrieveResponse;
import dev.funnel.runtime.error.CallerError;
import dev.funnel.runtime.testing.Await;
import dev.funnel.runtime.testing.WireServer;
import dev.funnel.runtime.wire.DegradationKind;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ChannelsTest {
    private static final String SERVICE = CandidateServiceGrpc.SERVICE_NAME;

    private static final class Counting extends CandidateServiceGrpc.CandidateServiceImplBase {
        private final AtomicInteger calls = new AtomicInteger();

        @Override
        public void retrieve(RetrieveRequest request, StreamObserver<RetrieveResponse> answer) {
            calls.incrementAndGet();
            answer.onNext(RetrieveResponse.getDefaultInstance());
            answer.onCompleted();
        }
    }

    private static CandidateServiceGrpc.CandidateServiceBlockingStub stub(Channels channels, String target) {
        return CandidateServiceGrpc.newBlockingStub(channels.open(ChannelSettings.of(target), SERVICE))
                .withWaitForReady()
                .withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    @Test
    void calls_go_round_all_replicas() {
        Counting one = new Counting();
        Counting two = new Counting();
        try (WireServer first = WireServer.serving(one);
                WireServer second = WireServer.serving(two);
                Channels channels = new Channels()) {
            var stub =
                    stub(channels, first.host().address() + "," + second.host().address());
            Await.until("both replicas are asked", () -> {
                stub.retrieve(RetrieveRequest.getDefaultInstance());
                return one.calls.get() > 0 && two.calls.get() > 0;
            });
        }
    }

    @Test
    void a_replica_that_is_not_serving_is_passed_over_without_one_failed_call() {
        Counting one = new Counting();
        Counting two = new Counting();
        try (WireServer first = WireServer.serving(one);
                WireServer second = WireServer.serving(two);
                Channels channels = new Channels()) {
            var stub =
                    stub(channels, first.host().address() + "," + second.host().address());
            Await.until("both replicas are asked", () -> {
                stub.retrieve(RetrieveRequest.getDefaultInstance());
                return one.calls.get() > 0 && two.calls.get() > 0;
            });
            first.host().ready(false);
            Await.until("the first replica is left alone", () -> {
                int before = one.calls.get();
                for (int i = 0; i < 4; i++) {
                    stub.retrieve(RetrieveRequest.getDefaultInstance());
                }
                return one.calls.get() == before;
            });
        }
    }

    @Test
    void a_service_that_is_down_is_unavailable_and_counts_as_failed() {
        String address;
        try (WireServer server = WireServer.serving(new Counting())) {
            address = server.host().address();
        }
        try (Channels channels = new Channels()) {
            var stub = CandidateServiceGrpc.newBlockingStub(channels.open(ChannelSettings.of(address), SERVICE))
                    .withDeadlineAfter(20, TimeUnit.SECONDS);
            StatusRuntimeException failure = assertThrows(
                    StatusRuntimeException.class, () -> stub.retrieve(RetrieveRequest.getDefaultInstance()));
            assertEquals(Status.Code.UNAVAILABLE, failure.getStatus().getCode());
            assertEquals(DegradationKind.FAILED, Failures.degradationKind(failure));
            assertTrue(Failures.describe(failure).startsWith("UNAVAILABLE: "), Failures.describe(failure));
        }
    }

    @Test
    void a_late_answer_counts_as_late() {
        StatusRuntimeException late = Status.DEADLINE_EXCEEDED.asRuntimeException();
        assertEquals(DegradationKind.LATE, Failures.degradationKind(late));
        assertEquals("DEADLINE_EXCEEDED", Failures.describe(late));
        assertEquals(
                DegradationKind.FAILED,
                Failures.degradationKind(Failures.toStatus(new CallerError("f", "v", "r"), "m")));
    }

    @Test
    void the_service_config_has_the_keys_that_grpc_java_reads() {
        String json = new TreeMap<>(ServiceConfig.of(ChannelSettings.of("x:1"), SERVICE, CallPolicy.ONCE)
                        .json())
                .toString();
        assertTrue(json.contains("healthCheckConfig={serviceName=" + SERVICE + "}"), json);
        assertTrue(json.contains("outlier_detection_experimental"), json);
        assertTrue(json.contains("maxEjectionPercentage=50.0"), json);
        assertTrue(json.contains("minimumHosts=2.0"), json);
    }
}
