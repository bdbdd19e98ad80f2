package dev.funnel.gateway.grpc;

import dev.funnel.gateway.item.ItemLog;
import dev.funnel.proto.gateway.v1.ItemLogServiceGrpc;
import dev.funnel.proto.gateway.v1.TailRequest;
import dev.funnel.proto.gateway.v1.TailResponse;
import dev.funnel.runtime.error.CallerError;
import dev.funnel.runtime.error.Overloaded;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** {@code gateway.v1.ItemLogService} over the log that this gateway owns; one virtual thread per caller that tails. */
public final class ItemLogGrpc extends ItemLogServiceGrpc.ItemLogServiceImplBase {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final ItemLog log;
    private final Duration heartbeat;
    private final int maxTails;
    private final Semaphore places;
    private final AtomicLong tails = new AtomicLong();
    private volatile boolean ending;

    /**
     * @param heartbeat how often a caller is told that there is nothing new
     * @param maxTails how many may tail at once
     */
    public ItemLogGrpc(ItemLog log, Duration heartbeat, int maxTails) {
        this.log = log;
        this.heartbeat = heartbeat;
        this.maxTails = maxTails;
        this.places = new Semaphore(maxTails);
    }

    /** Ends all streams, and those that are opened from now on: the process is to end. */
    public void endAll() {
        ending = true;
    }

    @Override
    public void tail(TailRequest request, StreamObserver<TailResponse> observer) {
        long from = request.getFromPosition() == 0 ? log.oldestPosition() : request.getFromPosition();
        long trained = request.getTrainedPosition();
        if (from < 0 || trained < 0 || trained >= from) {
            throw new CallerError(
                    "trained_position", Long.toUnsignedString(trained), "must be below the first position wanted");
        }
        String follower = "tail-" + tails.incrementAndGet();
        log.covered(follower, trained);
        if (from < log.oldestPosition() || from > log.newestPosition() + 1) {
            throw outOfRange(from);
        }
        if (!places.tryAcquire()) {
            throw new Overloaded(maxTails + " tail the item log, which is the bound", RETRY_AFTER);
        }
        ServerCallStreamObserver<TailResponse> caller = (ServerCallStreamObserver<TailResponse>) observer;
        Tail tail = new Tail(log, heartbeat, caller, follower, trained, from, () -> ending);
        caller.setOnReadyHandler(tail::wake);
        caller.setOnCancelHandler(tail::wake);
        Thread.ofVirtual().name(follower).start(() -> {
            try {
                tail.run();
            } finally {
                places.release();
            }
        });
    }

    private io.grpc.StatusRuntimeException outOfRange(long from) {
        return Status.OUT_OF_RANGE
                .withDescription(String.format(
                        Locale.ROOT,
                        "from_position: %d must be between the oldest position %d and one after the newest %d",
                        from,
                        log.oldestPosition(),
                        log.newestPosition()))
                .asRuntimeException();
    }
}
