package dev.funnel.trainer.train;

import dev.funnel.bundle.History;
import dev.funnel.bundle.ItemTest;
import dev.funnel.bundle.TimeColumn;
import java.util.BitSet;

/**
 * Which items could be recommended at a time: those not expired.
 *
 * @param expiresMs by item; {@link TimeColumn#MISSING}: never
 */
record AvailableItems(long[] expiresMs) {

    /** Accepts items that are available at a time and not in the history, whatever was done with them. */
    ItemTest notIn(History history, long timeMs) {
        BitSet known = new BitSet(expiresMs.length);
        for (int item : history.items()) {
            known.set(item);
        }
        return item -> !known.get(item) && (expiresMs[item] == TimeColumn.MISSING || expiresMs[item] > timeMs);
    }
}
