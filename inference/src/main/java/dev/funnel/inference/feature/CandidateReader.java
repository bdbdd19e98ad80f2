package dev.funnel.inference.feature;

/** Reads one raw number for each candidate of a slice; NaN is missing. */
@FunctionalInterface
interface CandidateReader {
    /** Fills {@code into}, as long as the slice. */
    void read(Slice slice, float[] into);

    /** Reads it for one candidate. */
    @FunctionalInterface
    interface OfOne {
        /**
         * The number.
         *
         * @param candidate position in the pool
         */
        float read(Request request, int candidate);
    }

    /** Reads it for one item. */
    @FunctionalInterface
    interface OfItem {
        /** The number of an item that the bundle holds. */
        float read(int item);
    }

    /** What reads candidates one by one, whether the bundle holds their items or not. */
    static CandidateReader ofEach(OfOne one) {
        return (slice, into) -> {
            for (int i = 0; i < into.length; i++) {
                into[i] = one.read(slice.request(), slice.from() + i);
            }
        };
    }

    /** What reads items one by one; it is missing for those that the bundle does not hold. */
    static CandidateReader ofItems(OfItem one) {
        return (slice, into) -> ofItems(slice, one, into);
    }

    /** The same, where what is read depends on the request. */
    static void ofItems(Slice slice, OfItem one, float[] into) {
        int[] items = slice.items();
        for (int i = 0; i < into.length; i++) {
            into[i] = items[i] < 0 ? Float.NaN : one.read(items[i]);
        }
    }
}
