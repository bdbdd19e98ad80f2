package dev.funnel.trainer.network;

import dev.funnel.trainer.learn.graph.Graph;
import dev.funnel.trainer.learn.graph.Node;
import java.util.ArrayList;
import java.util.List;

/** A factorisation machine and dense layers that share their embeddings (Guo et al. 2017, <i>DeepFM</i>). */
final class DeepFm implements Network {

    @Override
    public String name() {
        return "deepfm";
    }

    @Override
    public List<Node> logits(Graph graph, NetworkInputs inputs, NetworkShape shape) {
        List<List<Node>> deep = Tower.shares(graph, inputs.dense(), shape);
        List<List<Node>> pairs = FactorizationMachine.pairs(graph, inputs, shape);
        List<List<Node>> both = new ArrayList<>();
        for (int head = 0; head < deep.size(); head++) {
            both.add(List.of(deep.get(head).getFirst(), pairs.get(head).getFirst()));
        }
        return Linear.plus(graph, inputs, shape, both);
    }
}
