package dev.funnel.runtime.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.proto.candidate.v1.CandidateServiceGrpc;
import dev.funnel.proto.candidate.v1.RetrieveRequest;
import dev.funnel.proto.candidate.v1.RetrieveResponse;
import dev.funnel.runtime.admission.AdmissionMetrics;
import dev.funnel.runtime.admission.AdmissionSettings;
import dev.funnel.runtime.admission.Clients;
import dev.funnel.runtime.admission.Gate;
import dev.funnel.runtime.config.ConfigurationFile;
import dev.funnel.runtime.deadline.Ticker;
import dev.funnel.runtime.error.DeadlinePassed;
import dev.funnel.runtime.telemetry.Metrics;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A call whose deadline passed while it waited for its turn. */
class ExpiredCallTest {
    private static final AdmissionMetrics UNSEEN = new AdmissionMetrics(Metrics.off());

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Gate gate =
            new Gate(ConfigurationFile.parse(AdmissionSettings.class, "test", "{}", Map.of()), Ticker.SYSTEM, UNSEEN);
    private final AdmissionInterceptor admission =
            new AdmissionInterceptor(gate, new Clients(Map.of(), Set.of(), Ticker.SYSTEM, UNSEEN), Set.of(), UNSEEN);
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicBoolean worked = new AtomicBoolean();

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    private ServerCall.Listener<RetrieveRequest> arrive() {
        return admission.interceptCall(new Silent(), new Metadata(), (call, headers) -> {
            begun.set(true);
            return new ServerCall.Listener<>() {
                @Override
                public void onHalfClose() {
                    worked.set(true);
                }
            };
        });
    }

    private void within(long nanos, Runnable run) {
        Context.current()
                .withDeadline(Deadline.after(nanos, TimeUnit.NANOSECONDS), timer)
                .run(run);
    }

    @Test
    void it_is_not_begun() {
        within(-1, () -> assertThrows(DeadlinePassed.class, this::arrive));
        assertFalse(begun.get());
        assertEquals(0, gate.inFlight());
    }

    @Test
    void its_work_is_not_begun_if_it_passes_before_the_whole_request_came() {
        within(TimeUnit.MINUTES.toNanos(1), () -> {
            ServerCall.Listener<RetrieveRequest> call = arrive();
            assertTrue(begun.get());
            assertEquals(1, gate.inFlight());
            within(-1, () -> assertThrows(DeadlinePassed.class, call::onHalfClose));
            assertFalse(worked.get());
            call.onCancel();
            assertEquals(0, gate.inFlight());
        });
    }

    @Test
    void one_in_time_is_worked_on() {
        within(TimeUnit.MINUTES.toNanos(1), () -> arrive().onHalfClose());
        assertTrue(worked.get());
    }

    /** A call of which nothing is heard. */
    private static final class Silent extends ServerCall<RetrieveRequest, RetrieveResponse> {
        @Override
        public void request(int messages) {}

        @Override
        public void sendHeaders(Metadata headers) {}

        @Override
        public void sendMessage(RetrieveResponse message) {}

        @Override
        public void close(Status status, Metadata trailers) {}

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public MethodDescriptor<RetrieveRequest, RetrieveResponse> getMethodDescriptor() {
            return CandidateServiceGrpc.getRetrieveMethod();
        }
    }
}
