package dev.funnel.inference.engine.nd4j;

import java.util.Arrays;

/**
 * What a name of the graph stands for: a slot, and the lengths of the dimensions after the first, which counts candidates. Several
 * names may share a slot: reshaping moves nothing.
 */
record Shaped(Slot slot, int[] dimensions) {
    static int product(int[] lengths) {
        return Arrays.stream(lengths).reduce(1, Math::multiplyExact);
    }

    /** Number of dimensions, that of candidates included. */
    int rank() {
        return dimensions.length + 1;
    }

    /** The same numbers in another form. */
    Shaped as(int... lengths) {
        return new Shaped(slot, lengths);
    }
}
