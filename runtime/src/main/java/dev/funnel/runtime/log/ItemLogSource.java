package dev.funnel.runtime.log;

import dev.funnel.bundle.live.ItemChange;
import java.time.Duration;
import java.util.List;

/** Where the entries of the item log come from. */
@FunctionalInterface
public interface ItemLogSource {
    /**
     * Opens a stream of entries.
     *
     * @param from position of the first entry wanted, at least 1
     * @param trained entries up to this position are never asked for again; below {@code from}
     * @throws LogUnavailableException if it cannot be had, with the reason
     */
    Stream open(long from, long trained) throws LogUnavailableException;

    /** Entries in order, without end. */
    interface Stream extends AutoCloseable {
        /**
         * The next entries; none if there are no new ones, which is said again and again.
         *
         * @throws LogUnavailableException if the stream ends, or nothing is heard for {@code longest}
         */
        Entries next(Duration longest) throws LogUnavailableException, InterruptedException;

        @Override
        void close();
    }

    /**
     * Some entries that follow each other.
     *
     * @param changes in order of position; may be empty
     * @param newest position of the newest entry of the log when they were sent
     */
    record Entries(List<ItemChange> changes, long newest) {}
}
