package dev.funnel.retrieval;

import java.util.Arrays;

/** Items by length: the longest first, equally long ones by index. */
public final class LengthOrder {

    private LengthOrder() {}

    /** The items in order, for their lengths, which are not negative. */
    public static int[] of(float[] lengths) {
        long[] keys = new long[lengths.length];
        for (int item = 0; item < keys.length; item++) {
            // bits of floats that are not negative ascend as the floats do
            keys[item] = (long) ~Float.floatToIntBits(lengths[item]) << Integer.SIZE | item;
        }
        Arrays.sort(keys);
        int[] order = new int[keys.length];
        for (int rank = 0; rank < order.length; rank++) {
            order[rank] = (int) keys[rank];
        }
        return order;
    }
}
