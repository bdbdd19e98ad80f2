package dev.funnel.bundle.log;

import dev.funnel.bundle.live.ItemChange;
import java.time.Instant;

/**
 * One entry of the item log.
 *
 * @param change what became of an item, and the position of the entry
 * @param accepted when it was accepted
 */
public record LogEntry(ItemChange change, Instant accepted) {
    public long position() {
        return change.position();
    }
}
