package dev.funnel.trainer.network;

import dev.funnel.trainer.learn.graph.Graph;
import dev.funnel.trainer.learn.graph.Node;
import java.util.ArrayList;
import java.util.List;

/** Dense layers with ReLU after each, and heads on top of them. */
final class Tower {
    private Tower() {}

    /** Hidden layers, one after the other; without any: what they would read. */
    static List<Node> hidden(Graph graph, List<Node> inputs, NetworkShape shape) {
        List<Node> values = inputs;
        for (int width : shape.hidden()) {
            values = List.of(graph.dropout(graph.relu(graph.dense(values, width)), shape.dropout()));
        }
        return values;
    }

    /** Per head a logit over all columns of these. */
    static List<Node> heads(Graph graph, List<Node> inputs, NetworkShape shape) {
        List<Node> logits = new ArrayList<>();
        shape.initialLogits().forEach(logit -> logits.add(graph.dense(inputs, 1, logit)));
        return logits;
    }

    /** Per head the share of hidden layers over these. */
    static List<List<Node>> shares(Graph graph, List<Node> inputs, NetworkShape shape) {
        List<Node> top = hidden(graph, inputs, shape);
        return shape.initialLogits().stream()
                .map(logit -> List.of(graph.dense(top, 1)))
                .toList();
    }
}
