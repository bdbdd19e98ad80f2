package dev.funnel.gateway.item;

import dev.funnel.bundle.log.EncodedEntry;
import dev.funnel.bundle.log.NewEntry;
import dev.funnel.runtime.deadline.Deadline;
import java.time.Duration;
import java.util.List;

/**
 * The one ordered log of catalogue changes. Its positions rise; what was appended is durable and is never changed; old entries are
 * dropped once every bundle that anybody serves from was trained to them. It has one owner: the {@link SyncedItemLog} of a gateway, or
 * a broker behind the same interface.
 */
public interface ItemLog extends AutoCloseable {
    /**
     * Appends entries, next to each other and in their order, and returns when they are durable.
     *
     * @param entries at least one
     * @param bytes about what they take
     * @param deadline when to stop waiting; the entries may be in the log all the same
     * @return the position of the last one
     * @throws dev.funnel.runtime.error.Overloaded if the log is at its bound, or too many wait
     * @throws dev.funnel.runtime.error.NotReady if it cannot be written
     * @throws dev.funnel.runtime.error.DeadlinePassed if the deadline passes first
     */
    long append(List<NewEntry> entries, int bytes, Deadline deadline);

    /** Position of the oldest entry kept; one more than the newest if none is. */
    long oldestPosition();

    /** Position of the newest durable entry; 0 if there never was one. */
    long newestPosition();

    /**
     * Durable entries from a position on, in order; at least one if there is one.
     *
     * @throws dev.funnel.runtime.error.NotReady if they cannot be read
     */
    List<EncodedEntry> read(long from, int mostEntries, int mostBytes);

    /** Waits until there is an entry above a position, at most so long. */
    void awaitAbove(long position, Duration longest) throws InterruptedException;

    /**
     * Takes note that a follower never again needs entries up to a position; entries above it are kept while it says so, and a while
     * longer.
     *
     * @param follower who says so, the same name every time
     */
    void covered(String follower, long position);

    @Override
    void close();
}
