package dev.funnel.trainer.network;

import dev.funnel.trainer.learn.graph.Graph;
import dev.funnel.trainer.learn.graph.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * GMF and dense layers with embeddings of their own under one output layer (He et al. 2017, <i>Neural Collaborative Filtering</i>,
 * section 3.4). Of every field the first columns, as many as the last dense layer has outputs, are GMF's, the others the dense layers'.
 */
final class NeuMf implements Network {

    @Override
    public String name() {
        return "neumf";
    }

    @Override
    public List<Node> logits(Graph graph, NetworkInputs inputs, NetworkShape shape) {
        int width = inputs.fieldWidth();
        int factors = shape.hidden().isEmpty() ? width : shape.hidden().getLast();
        if (factors >= width) {
            throw new IllegalArgumentException(
                    "fields must be wider than the last hidden layer, " + factors + "; they are " + width + " wide");
        }
        Node product = Gmf.product(graph, inputs, 0, factors);
        List<Node> read = new ArrayList<>();
        for (Node fields : inputs.fields()) {
            for (int at = 0; at < fields.width(); at += width) {
                read.add(graph.columns(fields, at + factors, width - factors));
            }
        }
        List<Node> halves = new ArrayList<>(List.of(product));
        halves.addAll(Tower.hidden(graph, read, shape));
        return Tower.heads(graph, halves, shape);
    }
}
