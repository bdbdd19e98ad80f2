package dev.funnel.benchmarks.retrieval;

import java.util.stream.DoubleStream;

/** The grid of efforts that graphs are asked for. */
final class Efforts {

    private Efforts() {}

    /** Beam widths from {@code k} to about fifty times as many, never more than the items there are. */
    static int[] beams(int k, int items) {
        return DoubleStream.of(
                        1, 1.1, 1.2, 1.35, 1.5, 1.75, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 32, 40, 50)
                .mapToInt(times -> (int) Math.min(items, Math.round(k * times)))
                .distinct()
                .toArray();
    }

    static final int[] NONE = {0};
}
