package dev.funnel.inference.engine.nd4j;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How the numbers of a row correspond when values of different form meet, or when dimensions are summed over. */
final class Broadcast {
    private Broadcast() {}

    /** The form that two forms of equal rank are brought to: where one has length 1 it is repeated; null if they do not fit. */
    static int @Nullable [] lengths(int[] a, int[] b) {
        int[] lengths = new int[a.length];
        for (int d = 0; d < a.length; d++) {
            if (a[d] != b[d] && a[d] != 1 && b[d] != 1) {
                return null;
            }
            lengths[d] = a[d] == 1 ? b[d] : a[d];
        }
        return lengths;
    }

    /** For each number of a row of form {@code to} its place in a row of form {@code from}; null if the forms are the same. */
    static int @Nullable [] places(int[] from, int[] to) {
        if (Arrays.equals(from, to)) {
            return null;
        }
        int[] places = new int[Shaped.product(to)];
        for (int i = 0; i < places.length; i++) {
            places[i] = place(i, to, from);
        }
        return places;
    }

    /** For each number of a row the place of the sum it goes into. */
    static int[] sums(int[] lengths, boolean[] folded) {
        int[] kept = folded(lengths, folded, true);
        int[] sums = new int[Shaped.product(lengths)];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = place(i, lengths, kept);
        }
        return sums;
    }

    /** The form of the sums; what was summed over stays as a 1 if {@code keep}. */
    static int[] folded(int[] lengths, boolean[] folded, boolean keep) {
        int[] result = new int[lengths.length];
        int count = 0;
        for (int d = 0; d < lengths.length; d++) {
            if (!folded[d] || keep) {
                result[count++] = folded[d] ? 1 : lengths[d];
            }
        }
        return Arrays.copyOf(result, count);
    }

    private static int place(int index, int[] of, int[] in) {
        int place = 0;
        int scale = 1;
        int rest = index;
        for (int d = of.length - 1; d >= 0; d--) {
            int at = rest % of[d];
            place += in[d] == 1 ? 0 : at * scale;
            scale *= in[d];
            rest /= of[d];
        }
        return place;
    }
}
