package dev.funnel.retrieval.graph;

import dev.funnel.retrieval.VectorArithmetic;

/** How close nodes are to one point, a node or a query, by a {@link Metric}. Reused for one point after the other; not for several threads. */
final class Closeness {

    private static final int ROOM = 64;

    private final CodedItems items;
    private final Metric metric;
    private final VectorArithmetic arithmetic;
    private final int[] codes;
    private int[] dots = new int[ROOM];
    private float scale;
    private float height;

    Closeness(CodedItems items, Metric metric, VectorArithmetic arithmetic) {
        this.items = items;
        this.metric = metric;
        this.arithmetic = arithmetic;
        this.codes = new int[items.stride()];
    }

    /** Measures from a node from now on. */
    void from(int node) {
        items.copyCodes(node, codes);
        scale = items.scales()[node];
        height = metric.heights().length == 0 ? 0 : metric.heights()[node];
    }

    /** Measures from a query from now on. */
    void from(QueryCodes query) {
        System.arraycopy(query.codes(), 0, codes, 0, codes.length);
        scale = query.scale();
        height = 0;
    }

    /** Writes how close each of the first {@code count} nodes named is, but for what is the same for all. */
    void to(int[] named, int count, float[] into) {
        if (count > dots.length) {
            dots = new int[Math.max(count, 2 * dots.length)];
        }
        arithmetic.codeDots(codes, items.codes(), named, count, dots);
        float[] scales = items.scales();
        for (int i = 0; i < count; i++) {
            into[i] = dots[i] * scale * scales[named[i]];
        }
        if (metric.heights().length > 0) {
            for (int i = 0; i < count; i++) {
                into[i] += height * metric.heights()[named[i]];
            }
        }
        if (metric.biases().length > 0) {
            for (int i = 0; i < count; i++) {
                into[i] -= metric.biases()[named[i]];
            }
        }
    }
}
