package dev.funnel.trainer.network;

import dev.funnel.trainer.learn.graph.Graph;
import dev.funnel.trainer.learn.graph.Node;
import java.util.List;

/** Dense layers over pooled pairs of fields (He and Chua 2017, <i>Neural Factorization Machines</i>). */
final class NeuralFm implements Network {

    @Override
    public String name() {
        return "nfm";
    }

    @Override
    public List<Node> logits(Graph graph, NetworkInputs inputs, NetworkShape shape) {
        Node pooled = graph.dropout(graph.biInteraction(inputs.fields(), inputs.fieldWidth()), shape.dropout());
        return Linear.plus(graph, inputs, shape, Tower.shares(graph, List.of(pooled), shape));
    }
}
