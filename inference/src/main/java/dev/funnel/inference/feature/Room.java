package dev.funnel.inference.feature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Arrays that a slice of candidates is read into. They may be longer than was asked for, with anything in them. Once the room is used
 * again what was read before is lost, and nothing is allocated that grows with the candidates. For one thread.
 */
final class Room {
    private final List<float[]> floats = new ArrayList<>();
    private final List<int[]> ints = new ArrayList<>();
    private int usedFloats;
    private int usedInts;

    /** Takes back all arrays. */
    Room begin() {
        usedFloats = 0;
        usedInts = 0;
        return this;
    }

    /** Room for so many numbers. */
    float[] floats(int count) {
        if (usedFloats == floats.size()) {
            floats.add(new float[count]);
        } else if (floats.get(usedFloats).length < count) {
            floats.set(usedFloats, new float[count]);
        }
        return floats.get(usedFloats++);
    }

    /** Room for so many whole numbers. */
    int[] ints(int count) {
        if (usedInts == ints.size()) {
            ints.add(new int[count]);
        } else if (ints.get(usedInts).length < count) {
            ints.set(usedInts, new int[count]);
        }
        return ints.get(usedInts++);
    }

    /** The array of whole numbers that was given out last, with what is in it, and room for so many. */
    int[] grown(int count) {
        int last = usedInts - 1;
        if (ints.get(last).length < count) {
            ints.set(last, Arrays.copyOf(ints.get(last), 2 * count));
        }
        return ints.get(last);
    }
}
