package dev.funnel.trainer.learn.graph;

/**
 * Rows of a batch that one thread works on.
 *
 * @param from the first
 * @param to after the last
 * @param draw what random operations draw from: another number for each step
 * @param training false: random operations do nothing
 */
record Shard(int from, int to, long draw, boolean training) {
    int rows() {
        return to - from;
    }
}
