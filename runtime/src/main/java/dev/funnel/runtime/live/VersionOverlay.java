package dev.funnel.runtime.live;

import dev.funnel.bundle.ItemOverlay;
import dev.funnel.bundle.live.ItemChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The live items of one bundle version: applied at once, shown to requests when published. For one thread at a time. */
final class VersionOverlay<S extends LiveSnapshot<S>> {
    private final LiveVersion<S> version;
    private final ItemOverlay overlay;
    private final long trainedTo;
    private List<LiveBatch.Changed> unpublished = new ArrayList<>();
    private boolean freed;
    private int failures;
    private boolean awaitsRetry;
    private volatile ItemChangeSink.@Nullable Unshown unshown;

    VersionOverlay(LiveVersion<S> version, int maxItems) {
        this.version = version;
        this.trainedTo = version.position();
        this.overlay = new ItemOverlay(version.items(), trainedTo, maxItems);
    }

    LiveVersion<S> version() {
        return version;
    }

    /** Position of the log that the bundle was trained up to. */
    long trainedTo() {
        return trainedTo;
    }

    int changedItems() {
        return overlay.changedItems();
    }

    /** Whether the version was freed: nobody will ask it anything any more. */
    boolean isFreed() {
        return whileHeld(() -> true) && freed;
    }

    boolean hasRoom(ItemChange change) {
        return whileHeld(() -> has(change) || overlay.hasRoom(change));
    }

    /** Applies a change, unless this version has it already; false if there is no room. */
    boolean apply(ItemChange change) {
        return whileHeld(() -> has(change) || overlay.hasRoom(change) && applyNew(change));
    }

    /** The version's name, for people. */
    String label() {
        return version.label();
    }

    /** Shows requests what was applied. If that throws, they see what they saw, and the next call shows this too. */
    void publish() {
        whileHeld(() -> {
            if (!unpublished.isEmpty()) {
                version.refresh(version.snapshot().with(new LiveBatch(overlay.snapshot(), unpublished)));
                unpublished = new ArrayList<>();
            }
            return true;
        });
    }

    /** What {@link #publish} could not show; empty: nothing. From any thread. */
    Optional<ItemChangeSink.Unshown> unshown() {
        return Optional.ofNullable(unshown);
    }

    /** Notes that {@link #publish} threw. */
    void failed(Throwable failure, long nanos) {
        ItemChangeSink.Unshown before = unshown;
        unshown = new ItemChangeSink.Unshown(before == null ? nanos : before.sinceNanos(), failure.toString());
        failures++;
    }

    /** Notes that {@link #publish} showed everything. */
    void succeeded() {
        unshown = null;
        failures = 0;
    }

    /** How often {@link #publish} threw since it last did not. */
    int failures() {
        return failures;
    }

    /** Whether it failed and has a turn of its own to come. */
    boolean awaitsRetry() {
        return awaitsRetry;
    }

    void awaitRetry(boolean awaits) {
        awaitsRetry = awaits;
    }

    private boolean has(ItemChange change) {
        return change.position() <= overlay.position();
    }

    private boolean applyNew(ItemChange change) {
        int item = overlay.apply(change);
        if (item != ItemOverlay.NOTHING) {
            unpublished.add(new LiveBatch.Changed(item, change));
        }
        return true;
    }

    /** Does what reads the bundle's memory; nothing, and true, once that is freed. */
    private boolean whileHeld(BooleanSupplier work) {
        if (freed || !version.hold()) {
            freed = true;
            return true;
        }
        try {
            return work.getAsBoolean();
        } finally {
            version.release();
        }
    }
}
