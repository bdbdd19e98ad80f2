package dev.funnel.gateway.item;

import dev.funnel.bundle.log.EncodedEntry;
import dev.funnel.bundle.log.ItemLogFolder;
import dev.funnel.bundle.log.NewEntry;
import dev.funnel.runtime.config.ByteSize;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.deadline.Ticker;
import dev.funnel.runtime.error.DeadlinePassed;
import dev.funnel.runtime.error.NotReady;
import dev.funnel.runtime.error.Overloaded;
import dev.funnel.runtime.error.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The item log in a folder that this process owns. Appends that come while the disk is busy are written and synced together by one
 * thread (group commit: one sync for as many callers as wait), so that the rate of changes is not bound by the rate of syncs.
 */
public final class SyncedItemLog implements ItemLog {
    private static final Logger LOG = LoggerFactory.getLogger(SyncedItemLog.class);
    private static final int MOST_WAITING = 1_024;
    private static final int MOST_TOGETHER_BYTES = 8 << 20;
    private static final Duration RETRY_AT_BOUND = Duration.ofSeconds(30);
    private static final Duration RETRY_BUSY = Duration.ofMillis(100);
    private static final long SWEEP_MILLIS = 1_000;
    private static final long CLOSING_MILLIS = 10_000;

    private final ItemLogStore store;
    private final ItemLogFolder files;
    private final Supplier<OptionalLong> trained;
    private final InstantSource clock;
    private final Coverage coverage;
    private final ArrayBlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Thread committer =
            Thread.ofPlatform().daemon().name("item-log").unstarted(this::commitAll);
    private final Object grown = new Object();
    private volatile boolean closed;

    private SyncedItemLog(
            ItemLogStore store,
            ItemLogFolder files,
            Supplier<OptionalLong> trained,
            InstantSource clock,
            Ticker ticker) {
        this.store = store;
        this.files = files;
        this.trained = trained;
        this.clock = clock;
        this.coverage = new Coverage(store.memory(), ticker);
    }

    /**
     * Opens the log in {@code store.folder()}, or begins one.
     *
     * @param trained the item log position of this process's oldest bundle, empty while it has none. A log whose positions end below it
     *     goes on above it: the bundle was trained from another log, and what comes now must not look as if the bundle had it
     * @param clock for the times that entries are given
     * @throws IOException if it is damaged, owned by another process, or cannot be written
     */
    public static SyncedItemLog open(
            ItemLogStore store, Supplier<OptionalLong> trained, InstantSource clock, Ticker ticker) throws IOException {
        ItemLogFolder files =
                ItemLogFolder.open(store.folder(), store.segmentBytes().bytes());
        if (files.cutBytes() > 0) {
            LOG.warn("item log: {} bytes at the end were never acknowledged and are cut off", files.cutBytes());
        }
        LOG.info("item log: {} entries, {} to {}", files.entries(), files.oldestPosition(), files.newestPosition());
        SyncedItemLog log = new SyncedItemLog(store, files, trained, clock, ticker);
        log.committer.start();
        return log;
    }

    @Override
    public long append(List<NewEntry> entries, int bytes, Deadline deadline) {
        Waiting append = new Waiting(entries, bytes, new CompletableFuture<>());
        if (closed) {
            throw new NotReady("the item log is closed");
        }
        if (!waiting.offer(append)) {
            throw new Overloaded(MOST_WAITING + " appends wait for the item log, which is the bound", RETRY_BUSY);
        }
        try {
            return append.position().get(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new DeadlinePassed("the changes were not synced in time; they may or may not be in the item log");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeadlinePassed("interrupted while the item log was synced");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Refusal refusal ? refusal : new IllegalStateException(e.getCause());
        }
    }

    @Override
    public long oldestPosition() {
        return files.oldestPosition();
    }

    @Override
    public long newestPosition() {
        return files.newestPosition();
    }

    @Override
    public List<EncodedEntry> read(long from, int mostEntries, int mostBytes) {
        try {
            return files.read(from, mostEntries, mostBytes);
        } catch (IOException e) {
            LOG.error("the item log cannot be read", e);
            throw new NotReady("the item log cannot be read: " + e.getMessage());
        }
    }

    @Override
    public void awaitAbove(long position, Duration longest) throws InterruptedException {
        long until = System.nanoTime() + longest.toNanos();
        synchronized (grown) {
            long left = until - System.nanoTime();
            while (!closed && files.newestPosition() <= position && left > 0) {
                TimeUnit.NANOSECONDS.timedWait(grown, left);
                left = until - System.nanoTime();
            }
        }
    }

    @Override
    public void covered(String follower, long position) {
        coverage.note(follower, position);
    }

    @Override
    public void close() {
        closed = true;
        committer.interrupt();
        try {
            committer.join(CLOSING_MILLIS);
            files.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("the item log could not be closed", e);
        }
        waiting.forEach(append -> append.position().completeExceptionally(new NotReady("the process is stopping")));
        wake();
    }

    /** Drops what nobody needs any more. */
    void sweep() {
        noteOwnBundles();
        OptionalLong droppable = coverage.droppable();
        if (droppable.isPresent() && droppable.getAsLong() >= files.oldestPosition()) {
            long before = files.oldestPosition();
            try {
                files.dropThrough(droppable.getAsLong());
            } catch (IOException e) {
                LOG.warn("entries of the item log could not be dropped", e);
            }
            if (files.oldestPosition() > before) {
                LOG.info("item log: entries up to {} are dropped", files.oldestPosition() - 1);
            }
        }
    }

    private void commitAll() {
        try {
            while (!closed) {
                Waiting first = waiting.poll(SWEEP_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    noteOwnBundles();
                    commit(together(first));
                }
                sweep();
            }
        } catch (InterruptedException e) {
            LOG.debug("the item log is closed");
        }
    }

    private List<Waiting> together(Waiting first) {
        List<Waiting> group = new ArrayList<>(List.of(first));
        long bytes = first.bytes();
        Waiting next = waiting.peek();
        while (next != null && bytes + next.bytes() <= MOST_TOGETHER_BYTES) {
            group.add(waiting.remove());
            bytes += next.bytes();
            next = waiting.peek();
        }
        return group;
    }

    private void commit(List<Waiting> group) {
        List<Waiting> within = new ArrayList<>();
        List<NewEntry> entries = new ArrayList<>();
        long bytes = files.bytes();
        for (Waiting append : group) {
            Overloaded refusal = refusal(files.entries() + entries.size(), bytes, append);
            if (refusal != null) {
                append.position().completeExceptionally(refusal);
            } else {
                within.add(append);
                entries.addAll(append.entries());
                bytes += append.bytes();
            }
        }
        if (!within.isEmpty()) {
            write(within, entries);
        }
    }

    private @Nullable Overloaded refusal(long entries, long bytes, Waiting append) {
        if (entries + append.entries().size() > store.maxEntries()) {
            return atBound("max_entries", entries + " and " + append.entries().size() + " more", store.maxEntries());
        }
        if (bytes + append.bytes() > store.maxBytes().bytes()) {
            return atBound("max_bytes", bytes + " bytes and " + append.bytes() + " more", store.maxBytes());
        }
        return null;
    }

    private static Overloaded atBound(String key, String holds, Object bound) {
        return new Overloaded(
                String.format(
                        Locale.ROOT,
                        "item_log_store.%s: the log holds %s, must be at most %s; entries are dropped when every bundle in use was "
                                + "trained to them (funnel train --item-log)",
                        key,
                        holds,
                        bound instanceof ByteSize size ? size.toString() : bound),
                RETRY_AT_BOUND);
    }

    private void write(List<Waiting> group, List<NewEntry> entries) {
        long last;
        try {
            last = files.append(entries, clock.instant());
        } catch (IOException | RuntimeException e) {
            LOG.error("the item log cannot be written", e);
            NotReady refusal = new NotReady("the item log cannot be written: " + e.getMessage());
            group.forEach(append -> append.position().completeExceptionally(refusal));
            return;
        }
        wake();
        long position = last - entries.size();
        for (Waiting append : group) {
            position += append.entries().size();
            append.position().complete(position);
        }
    }

    private void noteOwnBundles() {
        OptionalLong position = trained.get();
        if (position.isPresent()) {
            coverage.note("the owner", position.getAsLong());
            startAfter(position.getAsLong());
        }
    }

    private void startAfter(long position) {
        if (position <= files.newestPosition()) {
            return;
        }
        try {
            LOG.warn("item log: goes on after {}, because a bundle was trained to there from another log", position);
            files.startAfter(position);
        } catch (IOException e) {
            LOG.error("the item log cannot go on after {}", position, e);
        }
    }

    private void wake() {
        synchronized (grown) {
            grown.notifyAll();
        }
    }

    private record Waiting(List<NewEntry> entries, int bytes, CompletableFuture<Long> position) {}
}
