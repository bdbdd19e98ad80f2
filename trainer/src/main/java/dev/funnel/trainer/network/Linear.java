package dev.funnel.trainer.network;

import dev.funnel.trainer.learn.graph.Graph;
import dev.funnel.trainer.learn.graph.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * The linear part of a network: the sum of the looked-up weights, and a product with the numbers. With one head the sum itself is
 * its logit's share; several heads weigh it each in their own way.
 */
final class Linear {
    private Linear() {}

    /** Per head its share, bias included. */
    static List<Node> logits(Graph graph, NetworkInputs inputs, NetworkShape shape) {
        List<Node> logits = new ArrayList<>();
        boolean one = shape.initialLogits().size() == 1;
        for (float initial : shape.initialLogits()) {
            List<Node> terms = new ArrayList<>();
            if (!inputs.linear().isEmpty()) {
                Node sum = graph.fieldSum(inputs.linear(), 1);
                terms.add(one ? sum : graph.dense(List.of(sum), 1));
            }
            if (!inputs.numbers().isEmpty()) {
                terms.add(graph.dense(inputs.numbers(), 1));
            }
            if (terms.isEmpty()) {
                throw new IllegalArgumentException("this network needs lookups of width 1, or numbers");
            }
            logits.add(graph.bias(graph.sum(terms), initial));
        }
        return logits;
    }

    /** Per head its linear share plus another. */
    static List<Node> plus(Graph graph, NetworkInputs inputs, NetworkShape shape, List<List<Node>> others) {
        List<Node> linear = logits(graph, inputs, shape);
        List<Node> logits = new ArrayList<>();
        for (int head = 0; head < linear.size(); head++) {
            List<Node> terms = new ArrayList<>(others.get(head));
            terms.add(linear.get(head));
            logits.add(graph.sum(terms));
        }
        return logits;
    }
}
