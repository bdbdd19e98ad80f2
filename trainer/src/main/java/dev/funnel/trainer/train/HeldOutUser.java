package dev.funnel.trainer.train;

import dev.funnel.retrieval.Hits;
import dev.funnel.trainer.train.FittedGenerators.Member;
import java.util.BitSet;
import java.util.Map;

/**
 * One user of the hold-out: what generators nominated from what was known of the user, and what the user then did.
 *
 * @param related by generator's name, what it nominated from the last watch alone; of most users nothing was asked
 * @param again items that were known before, of the user's held-out positive interactions
 * @param heldOut items of the user's held-out positive interactions that were not known before
 */
record HeldOutUser(int user, Pool pool, Map<String, Hits> related, BitSet heldOut, BitSet again) {

    int heldOutCount() {
        return heldOut.cardinality();
    }

    /** What a generator should have found: what the user did not know, or, if it nominates that, what the user knew. */
    BitSet wanted(Member generator) {
        return generator.generator().nominatesWatched() ? again : heldOut;
    }

    /** By place in a list, whether the item was wanted. */
    boolean[] relevant(int[] items, BitSet wanted) {
        boolean[] relevant = new boolean[items.length];
        for (int i = 0; i < items.length; i++) {
            relevant[i] = wanted.get(items[i]);
        }
        return relevant;
    }

    Hits of(String generator) {
        return pool.of(generator);
    }
}
