package dev.funnel.trainer.network;

import dev.funnel.trainer.learn.graph.Graph;
import dev.funnel.trainer.learn.graph.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * A compressed interaction network beside dense layers and a linear part (Lian et al. 2018, <i>xDeepFM</i>): each interaction layer
 * multiplies every map of the one before with every field, and its maps are summed over the places of a field.
 */
final class XDeepFm implements Network {

    @Override
    public String name() {
        return "xdeepfm";
    }

    @Override
    public List<Node> logits(Graph graph, NetworkInputs inputs, NetworkShape shape) {
        if (shape.maps().isEmpty()) {
            throw new IllegalArgumentException("this network needs at least one interaction layer");
        }
        int width = inputs.fieldWidth();
        Node fields = graph.concat(inputs.fields());
        Node before = fields;
        List<Node> sums = new ArrayList<>();
        for (int maps : shape.maps()) {
            before = graph.compressedInteraction(before, fields, width, maps);
            sums.add(graph.fieldSum(List.of(before), maps));
        }
        List<Node> read = new ArrayList<>(Tower.hidden(graph, inputs.dense(), shape));
        read.addAll(sums);
        return Linear.plus(graph, inputs, shape, Tower.shares(graph, read, shape.withoutHidden()));
    }
}
