package dev.funnel.trainer.tower;

import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.TensorFileWriter;
import dev.funnel.bundle.schema.Block;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.inference.Tower;
import dev.funnel.inference.feature.FeatureStore;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.inference.feature.StoredFeatures;
import dev.funnel.trainer.learn.DenseStack;
import dev.funnel.trainer.onnx.OnnxModel;
import java.io.IOException;
import java.nio.file.Files;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** A tower that has been learnt: makes vectors as the service will, and writes what the service reads. */
record LearntTower(Tower.Files files, TowerNetwork network, FeatureStore store) {
    private static final int SLICE = 256;

    FeatureSchema schema() {
        return network.transform().schema();
    }

    /** Makes vectors of people. For one thread. */
    final class People {
        private final TowerNetwork.Pass pass = network.new Pass(1);

        /** The vector of one; to be read before the next. */
        float[] vector(RankingInput input) {
            pass.person(0, input);
            return pass.forward(1);
        }
    }

    People people() {
        return new People();
    }

    /** The vectors of all items. */
    FloatMatrix items(int size) {
        int dimensions = network.shape().dimensions();
        float[] vectors = new float[Math.multiplyExact(size, dimensions)];
        TowerNetwork.Pass pass = network.new Pass(SLICE);
        for (int from = 0; from < size; from += SLICE) {
            int to = Math.min(size, from + SLICE);
            pass.items(IntStream.range(from, to).toArray(), new BitSet());
            System.arraycopy(pass.forward(to - from), 0, vectors, from * dimensions, (to - from) * dimensions);
        }
        return FloatMatrix.of(vectors, size, dimensions);
    }

    void writeTo(BundleStore.Draft draft) throws IOException {
        Files.write(draft.file(files.network()), onnx());
        Files.write(draft.file(files.schema()), schema().toJson());
        TensorFileWriter features = new TensorFileWriter(draft.file(files.features()));
        StoredFeatures.write(schema(), store, files.features(), features);
        features.write();
    }

    /** The network as ONNX: blocks side by side, dense layers, and v / |v| if its vectors have length 1. */
    byte[] onnx() {
        OnnxModel model = new OnnxModel("tower");
        List<Block> blocks = schema().blocks();
        boolean oneRow = blocks.stream().allMatch(block -> block.source().oncePerRequest());
        for (Block block : blocks) {
            model.input(block.name(), oneRow, schema().width(block));
        }
        String values =
                model.concat("features", blocks.stream().map(Block::name).toList());
        DenseStack stack = network.stack();
        for (int layer = 0; layer < stack.size(); layer++) {
            values = layer(model, stack, layer, values);
        }
        if (network.shape().normalised()) {
            String length = model.nodeWithList("ReduceL2", "length", List.of(values), "axes", 1);
            model.scalar("shortest", TowerNetwork.SHORTEST);
            values = model.node("Div", "normalised", values, model.node("Max", "divisor", length, "shortest"));
        }
        model.node("Identity", TowerFeatures.OUTPUT, values);
        model.output(TowerFeatures.OUTPUT, oneRow, network.shape().dimensions());
        return model.bytes();
    }

    private static String layer(OnnxModel model, DenseStack stack, int layer, String values) {
        String name = "layer" + layer;
        model.matrix(name + "_weights", stack.inputs(layer), stack.outputs(layer), stack.weights(layer));
        model.matrix(name + "_bias", 1, stack.outputs(layer), stack.bias(layer));
        String sums = model.node("Gemm", name, values, name + "_weights", name + "_bias");
        return stack.rectified(layer) ? model.node("Relu", name + "_out", sums) : sums;
    }
}
