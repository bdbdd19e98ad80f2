package dev.funnel.trainer.network;

import dev.funnel.trainer.learn.graph.Graph;
import dev.funnel.trainer.learn.graph.Node;
import java.util.List;

/** A linear model: a weight for each value of a category and for each number. Fields, if there are any, are read as they are. */
final class LogisticRegression implements Network {

    @Override
    public String name() {
        return "logistic-regression";
    }

    @Override
    public List<Node> logits(Graph graph, NetworkInputs inputs, NetworkShape shape) {
        if (inputs.linear().isEmpty()) {
            return Tower.heads(graph, inputs.blocks(), shape);
        }
        return Linear.logits(graph, inputs, shape);
    }
}
