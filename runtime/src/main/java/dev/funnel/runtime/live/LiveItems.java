package dev.funnel.runtime.live;

import dev.funnel.bundle.live.ItemChange;
import dev.funnel.runtime.deadline.Ticker;
import dev.funnel.runtime.telemetry.SparseLines;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps every bundle version a process serves from up to date with the item log: each has its own overlay, from the position it was
 * trained up to, because an item's index differs from version to version.
 *
 * <p>Changes are kept as long as the oldest version needs them, so that a version that is loaded later gets its own before it is
 * current. Taking a change costs microseconds; snapshots are made on one thread, at most one a version every
 * {@value #PUBLICATION_MILLIS} ms, and requests read without ever waiting. A snapshot that cannot be made is tried again, ever less often,
 * and meanwhile whoever follows the log is told: what is stale must not pass for ready.
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
    private final Deque<ItemChange> kept = new ArrayDeque<>();
    private final List<VersionOverlay<S>> overlays = new ArrayList<>();
    private long keptFrom = 1;
    private long next = 1;
    private boolean scheduled;
    private boolean full;
    private int failures;
    private volatile @Nullable Unshown unshown;

    public LiveItems(LiveItemSettings settings) {
        this(settings, Ticker.SYSTEM);
    }

    /** @param ticker that of whoever follows the log */
    LiveItems(LiveItemSettings settings, Ticker ticker) {
        this.settings = settings;
        this.ticker = ticker;
        this.publisher = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("live-items").factory());
    }

    /**
     * Brings a version up to date, to be called before it is current, and keeps it so until it is freed. If the changes it needs are
     * not kept any more (it is older than all that were resident), they are asked for again: {@link #nextPosition} goes back. A version that
     * cannot show what changed is not to become current: then this throws what the attempt threw.
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
            kept.clear();
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
        kept.removeIf(change -> change.position() >= next);
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
                schedule(PUBLICATION_MILLIS);
                return false;
            }
            overlays.forEach(overlay -> overlay.apply(change));
            kept.addLast(change);
            next = change.position() + 1;
        }
        full = false;
        schedule(PUBLICATION_MILLIS);
        return true;
    }

    @Override
    public long publicationMillis() {
        return 2 * PUBLICATION_MILLIS;
    }

    /** Makes snapshots of what was taken now, without waiting for the next turn. */
    public synchronized void publishNow() {
        scheduled = false;
        forgetFreed();
        Throwable failure = null;
        for (VersionOverlay<S> overlay : overlays) {
            try {
                overlay.publish();
            } catch (RuntimeException
                    | Error e) { // the other versions have theirs to show, and the next attempt may go better
                failure = e;
                lines.error(
                        overlay.label(),
                        "changed items of bundle version " + overlay.label() + " cannot be shown, which is tried again",
                        e);
            }
        }
        note(failure);
    }

    @Override
    public Optional<Unshown> unshown() {
        return Optional.ofNullable(unshown);
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

    private void note(@Nullable Throwable failure) {
        Unshown before = unshown;
        if (failure != null) {
            unshown = new Unshown(before == null ? ticker.nanos() : before.sinceNanos(), failure.toString());
            schedule(PUBLICATION_MILLIS << Math.min(failures++, MOST_DOUBLINGS));
        } else if (before != null) {
            unshown = null;
            failures = 0;
            LOG.info(
                    "changed items are shown again, after {} s",
                    Math.round((ticker.nanos() - before.sinceNanos()) / NANOS_PER_SECOND));
        }
    }

    private boolean hasRoom(ItemChange change) {
        if (kept.size() >= settings.maxChanges()) {
            forgetFreed();
        }
        return kept.size() < settings.maxChanges() && overlays.stream().allMatch(overlay -> overlay.hasRoom(change));
    }

    private void schedule(long delayMillis) {
        if (!scheduled && !overlays.isEmpty()) {
            try {
                var _ = publisher.schedule(this::publishNow, delayMillis, TimeUnit.MILLISECONDS);
                scheduled = true;
            } catch (RejectedExecutionException e) {
                LOG.debug("closed: nothing is published any more");
            }
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
        while (!kept.isEmpty() && kept.getFirst().position() <= oldest) {
            kept.removeFirst();
        }
        keptFrom = Math.max(keptFrom, oldest + 1);
    }

    private void reportFull(ItemChange change) {
        if (!full) {
            full = true;
            LOG.warn(
                    "no room for the change of item {} at position {}: at most {} items may differ from a bundle's, and {} changes be"
                            + " kept; a newer bundle makes room",
                    change.item(),
                    change.position(),
                    settings.maxItems(),
                    settings.maxChanges());
        }
    }
}
