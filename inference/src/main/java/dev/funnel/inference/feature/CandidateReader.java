package dev.funnel.inference.feature;

/** Reads one raw number for each candidate of a slice. */
@FunctionalInterface
interface CandidateReader {
    Numbers read(Slice slice);

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
        return slice -> {
            float[] values = new float[slice.items().length];
            for (int i = 0; i < values.length; i++) {
                values[i] = one.read(slice.request(), slice.from() + i);
            }
            return Numbers.ofEach(values);
        };
    }

    /** What reads items one by one; it is missing for those that the bundle does not hold. */
    static CandidateReader ofItems(OfItem one) {
        return slice -> ofItems(slice, one);
    }

    /** The same, where what is read depends on the request. */
    static Numbers ofItems(Slice slice, OfItem one) {
        int[] items = slice.items();
        float[] values = new float[items.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = items[i] < 0 ? Float.NaN : one.read(items[i]);
        }
        return Numbers.ofEach(values);
    }
}
