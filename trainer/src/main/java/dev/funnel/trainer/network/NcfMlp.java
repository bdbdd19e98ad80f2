package dev.funnel.trainer.network;

import dev.funnel.trainer.learn.graph.Graph;
import dev.funnel.trainer.learn.graph.Node;
import java.util.List;

/** Dense layers over the fields alone (He et al. 2017, <i>Neural Collaborative Filtering</i>, section 3.3). */
final class NcfMlp implements Network {

    @Override
    public String name() {
        return "ncf-mlp";
    }

    @Override
    public List<Node> logits(Graph graph, NetworkInputs inputs, NetworkShape shape) {
        if (inputs.fields().isEmpty()) {
            throw new IllegalArgumentException("this network needs fields");
        }
        return Tower.heads(graph, Tower.hidden(graph, inputs.fields(), shape), shape);
    }
}
