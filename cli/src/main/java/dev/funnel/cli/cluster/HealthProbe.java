package dev.funnel.cli.cluster;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import java.util.concurrent.TimeUnit;

/** Asks a server by the standard health protocol whether it serves. */
final class HealthProbe implements AutoCloseable {

    private static final long CALL_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final ManagedChannel channel;

    HealthProbe(String target) {
        channel = NettyChannelBuilder.forTarget(target).usePlaintext().build();
    }

    /** True if it serves now; else false, after a short pause. */
    boolean isServing(long withinNanos) throws InterruptedException {
        if (withinNanos > 0 && check(Math.min(CALL_NANOS, withinNanos)) == ServingStatus.SERVING) {
            return true;
        }
        TimeUnit.NANOSECONDS.sleep(PAUSE_NANOS);
        channel.resetConnectBackoff(); // which grows to seconds while a process starts
        return false;
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private ServingStatus check(long withinNanos) {
        try {
            return HealthGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(withinNanos, TimeUnit.NANOSECONDS)
                    .check(HealthCheckRequest.getDefaultInstance())
                    .getStatus();
        } catch (StatusRuntimeException notYet) {
            return ServingStatus.UNKNOWN;
        }
    }
}
