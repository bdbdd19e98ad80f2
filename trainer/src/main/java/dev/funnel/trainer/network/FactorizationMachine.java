package dev.funnel.trainer.network;

import dev.funnel.trainer.learn.graph.Graph;
import dev.funnel.trainer.learn.graph.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * A factorisation machine of the second order (Rendle 2010): the linear part, and the inner products of all pairs of fields.
 * Several heads weigh the places of the products each in their own way.
 */
final class FactorizationMachine implements Network {

    @Override
    public String name() {
        return "fm";
    }

    @Override
    public List<Node> logits(Graph graph, NetworkInputs inputs, NetworkShape shape) {
        return Linear.plus(graph, inputs, shape, pairs(graph, inputs, shape));
    }

    /** Per head the share of the pairs. */
    static List<List<Node>> pairs(Graph graph, NetworkInputs inputs, NetworkShape shape) {
        Node pooled = graph.dropout(graph.biInteraction(inputs.fields(), inputs.fieldWidth()), shape.dropout());
        boolean one = shape.initialLogits().size() == 1;
        List<List<Node>> shares = new ArrayList<>();
        for (int head = 0; head < shape.initialLogits().size(); head++) {
            shares.add(List.of(one ? graph.fieldSum(List.of(pooled), 1) : graph.dense(List.of(pooled), 1)));
        }
        return shares;
    }
}
