package dev.funnel.inference;

import dev.funnel.bundle.ItemTable;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.inference.projection.SharePlan;

/** A ranker's way from an input to the values of its heads. Thread-safe. */
public interface Forward extends AutoCloseable {
    /** Reads what all candidates of a pool share. */
    Slices open(RankingInput input);

    /** The same over the items as they are now; both share what is loaded, and one of them closes it. */
    Forward over(ItemTable items);

    /** What runs the network, for people. */
    String engine();

    /** How items' shares of the network are kept. */
    SharePlan projection();

    @Override
    void close();

    /** A pool, to be scored in slices, several at a time if need be. */
    @FunctionalInterface
    interface Slices {
        /**
         * Scores candidates {@code from} to {@code to}.
         *
         * @param heads per head the values of all candidates of the pool
         */
        void score(int from, int to, float[][] heads);
    }
}
