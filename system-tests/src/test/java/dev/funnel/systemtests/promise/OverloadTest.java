package dev.funnel.systemtests.promise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.RetryInfo;
import dev.funnel.runtime.grpc.Failures;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Far more calls than the limit: some are shed and told when to come again, batch first; none fails otherwise. */
@ExtendWith(TinyFunnelExtension.class)
class OverloadTest {

    private static final int CALLERS = 40;
    private static final int CALLS_EACH = 5;

    @Test
    void some_are_shed_batch_first_none_fails_otherwise_and_afterwards_all_succeed(TinyFunnel funnel) throws Exception {
        Map<String, Object> four = Map.of("adaptive", false, "max", 4);
        try (OwnGateway gateway = OwnGateway.start(
                        funnel, "overload", configuration -> configuration.set(four, "server", "admission"));
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> interactive = new ArrayList<>();
            List<Future<Integer>> batch = new ArrayList<>();
            for (int caller = 0; caller < CALLERS / 2; caller++) {
                interactive.add(callers.submit(() -> shed(gateway, "interactive")));
                batch.add(callers.submit(() -> shed(gateway, "batch")));
            }
            while (batch.stream().anyMatch(each -> !each.isDone())) {
                assertHealthy(gateway);
            }
            int shedBatch = sum(batch);
            int shedInteractive = sum(interactive);
            assertTrue(shedBatch > 0, "nothing was shed");
            assertTrue(shedBatch > shedInteractive, () -> "batch " + shedBatch + ", interactive " + shedInteractive);
            for (int i = 0; i < CALLS_EACH; i++) {
                assertEquals(0, shedOnce(gateway, "interactive") + shedOnce(gateway, "batch"));
            }
        }
    }

    private static int sum(List<Future<Integer>> counts) throws Exception {
        int sum = 0;
        for (Future<Integer> count : counts) {
            sum += count.get(60, TimeUnit.SECONDS);
        }
        return sum;
    }

    private static void assertHealthy(OwnGateway gateway) {
        var health = HealthGrpc.newBlockingStub(gateway.client().channel())
                .withDeadlineAfter(TinyFunnel.PATIENCE_SECONDS, TimeUnit.SECONDS)
                .check(HealthCheckRequest.getDefaultInstance());
        assertEquals(ServingStatus.SERVING, health.getStatus());
    }

    /** How many of a caller's calls are shed. */
    private static int shed(OwnGateway gateway, String priority) {
        int shed = 0;
        for (int i = 0; i < CALLS_EACH; i++) {
            shed += shedOnce(gateway, priority);
        }
        return shed;
    }

    private static int shedOnce(OwnGateway gateway, String priority) {
        try {
            int items = gateway.service("x-funnel-priority", priority)
                    .recommend(gateway.request())
                    .getItemsCount();
            assertTrue(items > 0);
            return 0;
        } catch (StatusRuntimeException e) {
            assertEquals(Status.Code.RESOURCE_EXHAUSTED, e.getStatus().getCode(), e::toString);
            assertTrue(Failures.detail(e, RetryInfo.class).isPresent());
            return 1;
        }
    }
}
