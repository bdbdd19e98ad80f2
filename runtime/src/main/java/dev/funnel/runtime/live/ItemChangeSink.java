package dev.funnel.runtime.live;

import dev.funnel.bundle.live.ItemChange;
import java.util.List;
import java.util.Optional;

/**
 * Takes the entries of the item log in the order of their positions, from one thread. Whoever follows the log asks
 * {@link #nextPosition} before it opens a stream, and again after every batch and every while without one: if the answer is not
 * where its stream stands (an older bundle version was loaded), it opens a new stream from there.
 */
public interface ItemChangeSink {
    /** Position of the first entry wanted next, at least 1. */
    long nextPosition();

    /**
     * Takes entries. They are applied when this returns, and every request that starts {@link #publicationMillis} later sees them.
     * A batch that does not begin where {@link #nextPosition} points is not taken.
     *
     * @param from the position from which on {@code changes} holds every entry that the log still has
     * @param changes in order of their positions; may be empty
     * @return whether they were taken; if not, ask for {@link #nextPosition}. False too while there is no room for more items: the
     *     replica then lags until a newer bundle covers some
     */
    boolean take(long from, List<ItemChange> changes);

    /** Longest time from taking a change to every new request seeing it, in milliseconds, unless it is {@link #unshown}. */
    long publicationMillis();

    /**
     * What was taken and cannot be shown to requests for the current bundle version, which see what they saw before; it is tried again
     * until it can. Empty: nothing.
     */
    default Optional<Unshown> unshown() {
        return Optional.empty();
    }

    /**
     * A publication that fails.
     *
     * @param sinceNanos when it failed first, by the ticker of whoever follows the log
     * @param why what the last attempt ended with, for people
     */
    record Unshown(long sinceNanos, String why) {}
}
