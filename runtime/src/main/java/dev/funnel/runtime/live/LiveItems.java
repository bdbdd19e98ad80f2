package dev.funnel.runtime.live;

import dev.funnel.bundle.live.ItemChange;
import dev.funnel.runtime.deadline.Ticker;
import dev.funnel.runtime.telemetry.SparseLines;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps every bundle version a process serves from up to date with the item log: each has its own overlay, from the position it was
 * trained up to, because an item's index differs from version to version.
 *
 * <p>Changes are kept as long as the oldest version needs them, so that a version that is loaded later gets its own before it is
 * current. Taking a change costs microseconds; snapshots are made on one thread, at most one a version every
 * {@value #PUBLICATION_MILLIS} ms, and requests read without ever waiting. A snapshot that cannot be made is tried again, ever less often,
 * while the other versions go on. If it is one of the current version, whoever follows the log is told: what is stale must not pass for
 * ready. Of the version before it only a line of the log tells: requests come to it when they name it, and a roll-back makes it current.
 *
 * @param <S> the service's snapshot
 */
public final class LiveItems<S extends LiveSnapshot<S>> implements ItemChangeSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveItems.class);
    private static final long PUBLICATION_MILLIS = 50;
    private static final long CLOSING_SECONDS = 10;
    private static final int MOST_DOUBLINGS = 5;
    private static final double NANOS_PER_SECOND = 1e9;

    private final LiveItemSettings settings;
    private final Ticker ticker;
    private final SparseLines lines = new SparseLines(LOG);
    private final ScheduledExecutorService publisher;
    private final boolean withWatchers;
    private final Predicate<? super LiveVersion<S>> current;
    private final KeptChanges kept;
    private final List<VersionOverlay<S>> overlays = new CopyOnWriteArrayList<>(); // also read to tell what is unshown
    private long keptFrom = 1;
    private long next = 1;
    private boolean scheduled;
    private boolean full;

    /**
     * @param withWatchers whether snapshots are told who watched an item; if not, that is forgotten at once
     * @param current whether a version is the one that requests get which name none
     * @param ticker that of whoever follows the log
     */
    public LiveItems(
            LiveItemSettings settings, boolean withWatchers, Predicate<? super LiveVersion<S>> current, Ticker ticker) {
        this.settings = settings;
        this.withWatchers = withWatchers;
        this.current = current;
        this.ticker = ticker;
        this.kept = new KeptChanges(settings.maxChanges());
        this.publisher = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("live-items").factory());
    }

    /**
     * Brings a version up to date, to be called before it is current, and keeps it so until it is freed. If the changes it needs are
     * not kept any more (it is older than all that were resident), they are asked for again: {@link #nextPosition} goes back. A version
     * that cannot show what changed is not to become current: then this throws what the attempt threw.
     */
    public synchronized void attach(LiveVersion<S> version) {
        forgetFreed();
        VersionOverlay<S> overlay = new VersionOverlay<>(version, settings.maxItems());
        overlays.add(overlay);
        if (version.position() + 1 < keptFrom) {
            LOG.info(
                    "bundle version {} needs the item log from position {} on",
                    version.label(),
                    version.position() + 1);
            kept.dropFrom(0);
            keptFrom = version.position() + 1;
            next = keptFrom;
        }
        for (ItemChange change : kept) {
            if (!overlay.apply(change)) {
                reportFull(change);
                next = change.position();
                break;
            }
        }
        kept.dropFrom(next);
        try {
            overlay.publish();
        } catch (RuntimeException | Error e) {
            overlays.remove(overlay);
            throw e;
        }
        trim();
        next = Math.max(next, keptFrom);
    }

    @Override
    public synchronized long nextPosition() {
        return next;
    }

    @Override
    public synchronized boolean take(long from, List<ItemChange> changes) {
        if (from != next) {
            return false;
        }
        for (ItemChange change : changes) {
            if (change.position() < next) {
                throw new IllegalArgumentException("position " + change.position() + " is not " + next + " or later");
            }
            if (!hasRoom(change)) {
                reportFull(change);
                schedule();
                return false;
            }
            ItemChange wanted = withWatchers ? change : change.withoutWatchers();
            overlays.forEach(overlay -> overlay.apply(wanted));
            kept.add(wanted);
            next = change.position() + 1;
        }
        full = false;
        schedule();
        return true;
    }

    @Override
    public long publicationMillis() {
        return 2 * PUBLICATION_MILLIS;
    }

    /** Makes snapshots of what was taken now, without waiting for the next turn. */
    public synchronized void publishNow() {
        forgetFreed();
        overlays.forEach(this::publish);
    }

    @Override
    public Optional<Unshown> unshown() {
        return overlays.stream()
                .filter(overlay -> current.test(overlay.version()))
                .findFirst()
                .flatMap(VersionOverlay::unshown);
    }

    /** How many items differ from those of the version that differs most. */
    public synchronized int changedItems() {
        return overlays.stream().mapToInt(VersionOverlay::changedItems).max().orElse(0);
    }

    @Override
    public void close() {
        publisher.shutdownNow();
        try {
            publisher.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A version that failed is left out: it has turns of its own, ever less often, and the others do not wait for these. */
    private synchronized void turn() {
        scheduled = false;
        forgetFreed();
        overlays.stream().filter(overlay -> !overlay.awaitsRetry()).forEach(this::publish);
    }

    private synchronized void retry(VersionOverlay<S> overlay) {
        overlay.awaitRetry(false);
        forgetFreed();
        if (overlays.contains(overlay)) {
            publish(overlay);
        }
    }

    private void publish(VersionOverlay<S> overlay) {
        try {
            overlay.publish();
        } catch (RuntimeException | Error e) { // the others have theirs to show, and the next attempt may go better
            lines.error(
                    overlay.label(),
                    "changed items of bundle version " + overlay.label() + " cannot be shown, which is tried again",
                    e);
            overlay.failed(e, ticker.nanos());
            retryLater(overlay);
            return;
        }
        overlay.unshown().ifPresent(before -> tellShown(overlay, before));
        overlay.succeeded();
    }

    private void tellShown(VersionOverlay<S> overlay, Unshown before) {
        LOG.info(
                "changed items of bundle version {} are shown again, after {} s",
                overlay.label(),
                Math.round((ticker.nanos() - before.sinceNanos()) / NANOS_PER_SECOND));
    }

    private void retryLater(VersionOverlay<S> overlay) {
        if (!overlay.awaitsRetry()) {
            long delayMillis = PUBLICATION_MILLIS << Math.min(overlay.failures() - 1, MOST_DOUBLINGS);
            overlay.awaitRetry(later(() -> retry(overlay), delayMillis));
        }
    }

    private boolean hasRoom(ItemChange change) {
        if (!kept.hasRoom()) {
            forgetFreed();
        }
        return kept.hasRoom() && overlays.stream().allMatch(overlay -> overlay.hasRoom(change));
    }

    private void schedule() {
        if (!scheduled && !overlays.isEmpty()) {
            scheduled = later(this::turn, PUBLICATION_MILLIS);
        }
    }

    /** False if it is closed, and nothing comes later. */
    private boolean later(Runnable work, long delayMillis) {
        try {
            var _ = publisher.schedule(work, delayMillis, TimeUnit.MILLISECONDS);
            return true;
        } catch (RejectedExecutionException e) {
            LOG.debug("closed: nothing is published any more");
            return false;
        }
    }

    private void forgetFreed() {
        if (overlays.removeIf(VersionOverlay::isFreed)) {
            trim();
        }
    }

    /** Lets go of changes that every version holds. */
    private void trim() {
        long oldest =
                overlays.stream().mapToLong(VersionOverlay::trainedTo).min().orElse(keptFrom - 1);
        kept.dropUpTo(oldest);
        keptFrom = Math.max(keptFrom, oldest + 1);
    }

    private void reportFull(ItemChange change) {
        if (!full) {
            full = true;
            LOG.warn(
                    "no room for the change of item {} at position {}: at most {} items may differ from a bundle's, and {} changes be"
                            + " kept, where those that name watchers weigh more; a newer bundle makes room",
                    change.item(),
                    change.position(),
                    settings.maxItems(),
                    settings.maxChanges());
        }
    }
}
