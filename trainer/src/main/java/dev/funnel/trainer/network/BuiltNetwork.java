package dev.funnel.trainer.network;

import dev.funnel.bundle.schema.Head;
import dev.funnel.trainer.learn.graph.Graph;
import dev.funnel.trainer.learn.graph.GraphModel;
import dev.funnel.trainer.learn.graph.ModelOutput;
import dev.funnel.trainer.learn.graph.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * A network ready to be trained.
 *
 * @param graph its arithmetic and its weights
 * @param logits per head its logit, [rows, 1]
 * @param heads what the logits predict
 */
public record BuiltNetwork(Graph graph, List<Node> logits, List<Head> heads) {
    public BuiltNetwork {
        logits = List.copyOf(logits);
        heads = List.copyOf(heads);
        if (logits.size() != heads.size()) {
            throw new IllegalArgumentException(logits.size() + " logits for " + heads.size() + " heads");
        }
    }

    /** The input for a block of the schema. */
    public Node input(int block) {
        return graph.inputs().get(block);
    }

    /**
     * The ONNX model with the weights as they are.
     *
     * @param transforms per head what is served of its logit
     */
    public byte[] model(List<? extends ModelOutput.Transform> transforms) {
        List<ModelOutput> outputs = new ArrayList<>();
        for (int h = 0; h < heads.size(); h++) {
            outputs.add(new ModelOutput(heads.get(h).output(), logits.get(h), transforms.get(h)));
        }
        return GraphModel.write(graph, outputs);
    }
}
