package dev.funnel.trainer.learn.graph;

/**
 * A node as it stands in a model being written.
 *
 * @param name of the tensor, [1, width] or [N, width]
 */
record Wire(String name, Node node) {
    Side side() {
        return node.side();
    }

    int width() {
        return node.width();
    }
}
