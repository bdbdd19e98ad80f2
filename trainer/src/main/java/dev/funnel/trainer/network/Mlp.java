package dev.funnel.trainer.network;

import dev.funnel.trainer.learn.graph.Graph;
import dev.funnel.trainer.learn.graph.Node;
import java.util.List;

/** Dense layers over everything but a linear part: the ranker of Covington et al. (2016), <i>Deep Neural Networks for YouTube</i>. */
final class Mlp implements Network {

    @Override
    public String name() {
        return "mlp";
    }

    @Override
    public List<Node> logits(Graph graph, NetworkInputs inputs, NetworkShape shape) {
        return Tower.heads(graph, Tower.hidden(graph, inputs.dense(), shape), shape);
    }
}
