package dev.funnel.trainer.train;

import dev.funnel.retrieval.Hits;
import java.util.BitSet;

/**
 * One user of the hold-out: what generators nominated from what was known of the user, and what the user then did.
 *
 * @param heldOut items of the user's held-out positive interactions that were not known before
 */
record HeldOutUser(int user, Pool pool, BitSet heldOut) {

    int heldOutCount() {
        return heldOut.cardinality();
    }

    /** By place in a list, whether the item was held out. */
    boolean[] relevant(int[] items) {
        boolean[] relevant = new boolean[items.length];
        for (int i = 0; i < items.length; i++) {
            relevant[i] = heldOut.get(items[i]);
        }
        return relevant;
    }

    Hits of(String generator) {
        return pool.of(generator);
    }
}
