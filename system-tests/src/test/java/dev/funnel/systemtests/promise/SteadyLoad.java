package dev.funnel.systemtests.promise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.proto.common.v1.DegradationKind;
import dev.funnel.proto.gateway.v1.RecommendRequest;
import dev.funnel.proto.gateway.v1.RecommendResponse;
import dev.funnel.proto.gateway.v1.RecommendationServiceGrpc;
import dev.funnel.runtime.grpc.ChannelSettings;
import dev.funnel.runtime.grpc.Channels;
import dev.funnel.runtime.testing.Await;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/** Requests one after the other on two threads, balanced over all gateways, and what came of them. */
final class SteadyLoad implements AutoCloseable {
    private static final int THREADS = 2;
    private static final long PAUSE_NANOS = 20_000_000;
    private static final long DEADLINE_SECONDS = 15;

    private final Channels channels = new Channels();
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> versions = new ConcurrentHashMap<>();
    private final Map<DegradationKind, Integer> degradations = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    /** @param requests by number */
    SteadyLoad(String gateways, IntFunction<RecommendRequest> requests) {
        Channel channel = channels.open(ChannelSettings.of(gateways), RecommendationServiceGrpc.SERVICE_NAME);
        for (int number = 0; number < THREADS; number++) {
            int first = number;
            threads.add(Thread.ofVirtual().start(() -> run(channel, requests, first)));
        }
    }

    private void run(Channel channel, IntFunction<RecommendRequest> requests, int first) {
        for (int number = first; !stopped; number += THREADS) {
            try {
                note(RecommendationServiceGrpc.newBlockingStub(channel)
                        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                        .recommend(requests.apply(number)));
            } catch (StatusRuntimeException e) {
                failures.add(e.getStatus().toString());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void note(RecommendResponse slate) {
        versions.merge(slate.getBundle().getVersion(), 1, Integer::sum);
        slate.getDegradationsList().forEach(each -> degradations.merge(each.getKind(), 1, Integer::sum));
        if (slate.getItemsCount() == 0) {
            failures.add("an empty slate: " + slate);
        }
    }

    int answered() {
        return versions.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** How many answers a version made. */
    int answeredBy(String version) {
        return versions.getOrDefault(version, 0);
    }

    /** Waits for so many further answers. */
    void awaitMore(int answers) {
        int before = answered();
        Await.until(answers + " more answers", () -> answered() >= before + answers || !failures.isEmpty());
        assertNoneFailed();
    }

    void assertNoneFailed() {
        assertEquals(List.of(), List.copyOf(failures));
    }

    /** A stage that answers from another version than was asked for, or lacks it, would have been told as lost. */
    void assertNoVersionMissed() {
        assertTrue(!degradations.containsKey(DegradationKind.DEGRADATION_KIND_VERSION_MISSING), this::toString);
    }

    @Override
    public String toString() {
        return answered() + " answers by version " + versions + ", degradations " + degradations + ", failures "
                + failures;
    }

    @Override
    public void close() {
        stopped = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        channels.close();
    }
}
