package dev.funnel.trainer.network;

import dev.funnel.trainer.learn.graph.Graph;
import dev.funnel.trainer.learn.graph.Node;
import java.util.List;

/**
 * A linear model over categories and their declared crosses beside dense layers over their embeddings, trained jointly (Cheng et al.
 * 2016, <i>Wide and Deep Learning for Recommender Systems</i>).
 */
final class WideAndDeep implements Network {

    @Override
    public String name() {
        return "wide-and-deep";
    }

    @Override
    public List<Node> logits(Graph graph, NetworkInputs inputs, NetworkShape shape) {
        return Linear.plus(graph, inputs, shape, Tower.shares(graph, inputs.dense(), shape));
    }
}
