package dev.funnel.trainer.rank.network;

import dev.funnel.trainer.onnx.OnnxModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes a {@link NetworkWeights} as an ONNX model.
 *
 * <p>The first layer is split by rows of W: blocks that all candidates share make one row [1, hidden], which is the bias of
 * the candidates' part [N, hidden]. So the user's share of the first layer is computed once a request, not once a candidate.
 */
public final class OnnxGraph {

    private final NetworkWeights network;
    private final OnnxModel model = new OnnxModel("ranker");

    private OnnxGraph(NetworkWeights network) {
        this.network = network;
    }

    /** The model's bytes; its one output is named {@code output}, float32 [N, 1]. */
    public static byte[] write(NetworkWeights network, String output) {
        OnnxGraph writer = new OnnxGraph(network);
        for (InputBlock input : network.inputs()) {
            writer.model.input(input.name(), input.oncePerRequest(), input.width());
        }
        writer.addOutput(output, writer.addLayers());
        return writer.model.bytes();
    }

    private String addLayers() {
        String values = addFirstLayer(network.layers().getFirst());
        for (int i = 1; i < network.layers().size(); i++) {
            String name = "layer" + i;
            DenseLayer layer = network.layers().get(i);
            String rectified = model.node("Relu", name + "_in", values);
            model.matrix(name + "_weights", layer.inputs(), layer.outputs(), layer.weights());
            model.matrix(name + "_bias", 1, layer.outputs(), layer.bias());
            values = model.node("Gemm", name, rectified, name + "_weights", name + "_bias");
        }
        return values;
    }

    private String addFirstLayer(DenseLayer layer) {
        model.matrix("layer0_bias", 1, layer.outputs(), layer.bias());
        String shared = addShare(layer, true, "layer0_bias");
        return addShare(layer, false, shared);
    }

    /** Adds the product of the blocks of one kind with their rows of W to {@code bias}; without such blocks it is the bias. */
    private String addShare(DenseLayer layer, boolean oncePerRequest, String bias) {
        List<String> names = new ArrayList<>();
        float[] rows = new float[layer.weights().length];
        int from = 0;
        int length = 0;
        for (InputBlock input : network.inputs()) {
            int size = input.width() * layer.outputs();
            if (input.oncePerRequest() == oncePerRequest) {
                names.add(input.name());
                System.arraycopy(layer.weights(), from, rows, length, size);
                length += size;
            }
            from += size;
        }
        if (names.isEmpty()) {
            return bias;
        }
        String share = oncePerRequest ? "request_share" : "candidate_share";
        String joined = model.concat(share + "_in", names);
        model.matrix(share + "_weights", length / layer.outputs(), layer.outputs(), Arrays.copyOf(rows, length));
        return model.node("Gemm", share, joined, share + "_weights", bias);
    }

    private void addOutput(String output, String logit) {
        model.scalar("lowest_logit", network.lowestLogit());
        model.scalar("highest_logit", network.highestLogit());
        String clipped = model.node("Clip", "logit", logit, "lowest_logit", "highest_logit");
        model.output(model.node("Exp", output, clipped), false, 1);
    }
}
