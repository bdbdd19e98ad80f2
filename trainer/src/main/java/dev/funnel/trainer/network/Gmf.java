package dev.funnel.trainer.network;

import dev.funnel.trainer.learn.graph.Graph;
import dev.funnel.trainer.learn.graph.Node;
import dev.funnel.trainer.learn.graph.Side;
import java.util.List;

/**
 * Generalised matrix factorisation (He et al. 2017, <i>Neural Collaborative Filtering</i>, section 3.2): a weighted inner product of
 * the request's fields with the item's. Of several fields on a side the sum.
 */
final class Gmf implements Network {

    @Override
    public String name() {
        return "gmf";
    }

    @Override
    public List<Node> logits(Graph graph, NetworkInputs inputs, NetworkShape shape) {
        return Tower.heads(graph, List.of(product(graph, inputs, 0, inputs.fieldWidth())), shape);
    }

    /** The product of the first {@code width} of the columns from {@code first} on of both sides' fields. */
    static Node product(Graph graph, NetworkInputs inputs, int first, int width) {
        return graph.times(
                graph.columns(sum(graph, inputs, Side.REQUEST), first, width),
                graph.columns(sum(graph, inputs, Side.ITEM), first, width));
    }

    private static Node sum(Graph graph, NetworkInputs inputs, Side side) {
        List<Node> fields = inputs.fields(side);
        int width = inputs.fieldWidth();
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("this network needs fields of the request and of the item");
        }
        boolean one = fields.size() == 1 && fields.getFirst().width() == width;
        return one ? fields.getFirst() : graph.fieldSum(fields, width);
    }
}
