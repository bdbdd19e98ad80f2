package dev.funnel.gateway.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.funnel.bundle.log.EncodedEntry;
import dev.funnel.gateway.item.ItemLog;
import dev.funnel.proto.gateway.v1.ItemLogEntry;
import dev.funnel.proto.gateway.v1.TailResponse;
import dev.funnel.runtime.error.NotReady;
import dev.funnel.runtime.grpc.Failures;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One caller that tails: sends what is new as fast as the caller reads, and says so when nothing is, until the caller leaves. */
final class Tail implements Runnable {
    private static final int MOST_ENTRIES = 1_000;
    private static final int MOST_BYTES = 1 << 20;
    private static final String METHOD = "ItemLogService/Tail";

    private final ItemLog log;
    private final Duration heartbeat;
    private final ServerCallStreamObserver<TailResponse> caller;
    private final String follower;
    private final long trained;
    private final BooleanSupplier ending;
    private long from;

    Tail(
            ItemLog log,
            Duration heartbeat,
            ServerCallStreamObserver<TailResponse> caller,
            String follower,
            long trained,
            long from,
            BooleanSupplier ending) {
        this.log = log;
        this.heartbeat = heartbeat;
        this.caller = caller;
        this.follower = follower;
        this.trained = trained;
        this.from = from;
        this.ending = ending;
    }

    /** The caller reads again, or has left. */
    synchronized void wake() {
        notifyAll();
    }

    @Override
    public void run() {
        try {
            while (!caller.isCancelled()) {
                if (ending.getAsBoolean()) {
                    throw new NotReady("the owner of the item log is stopping");
                }
                log.covered(follower, trained);
                if (awaitReady()) {
                    send();
                    log.awaitAbove(from - 1, heartbeat);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            end(e);
        }
    }

    /** Whether the caller reads; waits for it no longer than a heartbeat. */
    private synchronized boolean awaitReady() throws InterruptedException {
        if (!caller.isReady() && !caller.isCancelled()) {
            TimeUnit.NANOSECONDS.timedWait(this, heartbeat.toNanos());
        }
        return caller.isReady() && !caller.isCancelled();
    }

    private void send() {
        long newest = log.newestPosition();
        List<EncodedEntry> entries = log.read(from, MOST_ENTRIES, MOST_BYTES);
        TailResponse.Builder response = TailResponse.newBuilder();
        for (EncodedEntry entry : entries) {
            response.addEntries(message(entry));
            from = entry.position() + 1;
        }
        caller.onNext(response.setNewestPosition(Math.max(newest, from - 1)).build());
    }

    private static ItemLogEntry message(EncodedEntry entry) {
        try {
            return ItemLogEntry.parseFrom(entry.bytes());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("entry " + entry.position() + " is no ItemLogEntry", e);
        }
    }

    private void end(RuntimeException failure) {
        if (!caller.isCancelled()) {
            caller.onError(Failures.toStatus(failure, METHOD));
        }
    }
}
