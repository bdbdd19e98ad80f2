package dev.funnel.benchmarks.retrieval;

import dev.funnel.bundle.ItemTest;
import dev.funnel.trainer.Progress;
import org.jspecify.annotations.Nullable;

/** A way to find nearest neighbours that takes part in a comparison. */
interface Contender {

    /** Its name in options and results. */
    String label();

    /** True for other people's libraries. */
    boolean peer();

    /** Why it is not built over so many items, for people; null: it is. */
    default @Nullable String refusal(int items) {
        return null;
    }

    /** Builds the index over a set's items. */
    Built build(VectorSet set, int threads, Progress progress) throws Exception;

    /** An index, ready to search from several threads. */
    interface Built extends AutoCloseable {

        /** How hard it can be asked to try, ascending; a single 0 for an exact one. */
        int[] efforts(int k);

        /** The items found, best first. */
        int[] search(float[] query, int k, int effort, ItemTest filter) throws Exception;

        /** Memory beside the items' own floats, measured or computed from its arrays. */
        long bytes();

        /**
         * Writes it and opens it again, mapped, as a service opens what a bundle holds, and asks once; null if it is never stored. The
         * hashes that a bundle is verified by are not part of it, and the pages are in the cache still.
         */
        default @Nullable Double openSeconds(VectorSet set, int k) throws Exception {
            return null;
        }

        @Override
        default void close() {}
    }
}
