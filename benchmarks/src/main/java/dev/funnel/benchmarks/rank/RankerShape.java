package dev.funnel.benchmarks.rank;

import dev.funnel.bundle.schema.Block;
import dev.funnel.bundle.schema.EmbeddingFeature;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.schema.Head;
import dev.funnel.bundle.schema.Reading;
import dev.funnel.bundle.schema.Source;
import dev.funnel.bundle.schema.VectorTable;
import dev.funnel.inference.engine.EngineChoice.Part;
import dev.funnel.inference.onnx.DamagedModelException;
import dev.funnel.inference.onnx.OnnxFile;
import dev.funnel.trainer.onnx.OnnxModel;
import java.util.List;
import java.util.Random;

/**
 * A ranker of a person's and an item's numbers: both joined, dense layers with ReLU, one logit, a sigmoid. Weights are random.
 *
 * @param itemWidth numbers of an item
 * @param userWidth numbers of a person
 * @param layers units of each hidden layer
 */
public record RankerShape(int itemWidth, int userWidth, List<Integer> layers) {
    private static final long SEED = 5;

    public RankerShape {
        layers = List.copyOf(layers);
    }

    /** The network as exporters write it: both inputs [N, width]. */
    Part whole() throws DamagedModelException {
        return network(true, List.of(block("user", Source.USER, userWidth), block("item", Source.ITEM, itemWidth)));
    }

    /** Its matrix products alone, over one input [N, width]. */
    Part products() throws DamagedModelException {
        return network(false, List.of(block("item", Source.ITEM, itemWidth + userWidth)));
    }

    /** Floating point operations of the whole network's products for a candidate. */
    double flops() {
        double flops = 0;
        int width = itemWidth + userWidth;
        for (int units : layers) {
            flops += 2.0 * width * units;
            width = units;
        }
        return flops + 2.0 * width;
    }

    private Part network(boolean dressed, List<Wide> inputs) throws DamagedModelException {
        OnnxModel model = new OnnxModel("bench");
        inputs.forEach(input -> model.input(input.name(), false, input.width()));
        String values = model.concat("all", inputs.stream().map(Wide::name).toList());
        Random random = new Random(SEED);
        int width = itemWidth + userWidth;
        for (int layer = 0; layer < layers.size(); layer++) {
            values = multiplied(model, "layer" + layer, values, width, layers.get(layer), dressed, random);
            values = dressed ? model.node("Relu", "layer" + layer + "_out", values) : values;
            width = layers.get(layer);
        }
        String logit = multiplied(model, "logit", values, width, 1, dressed, random);
        model.output(dressed ? model.node("Sigmoid", "score", logit) : logit, false, 1);
        return new Part(OnnxFile.parse(model.bytes()), schema(inputs, dressed ? "score" : logit));
    }

    private static String multiplied(
            OnnxModel model, String name, String in, int inputs, int outputs, boolean biased, Random random) {
        model.matrix(name + "_weights", inputs, outputs, numbers(random, inputs, outputs));
        if (!biased) {
            return model.node("MatMul", name, in, name + "_weights");
        }
        model.matrix(name + "_bias", 1, outputs, numbers(random, 1, outputs));
        return model.node("Gemm", name, in, name + "_weights", name + "_bias");
    }

    private static float[] numbers(Random random, int rows, int columns) {
        float[] numbers = new float[rows * columns];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) (random.nextGaussian() / Math.sqrt(rows));
        }
        return numbers;
    }

    private record Wide(String name, Source source, int width) {}

    private static Wide block(String name, Source source, int width) {
        return new Wide(name, source, width);
    }

    private static FeatureSchema schema(List<Wide> inputs, String output) {
        return new FeatureSchema(
                1,
                inputs.stream()
                        .map(input -> new VectorTable(
                                input.name(), input.width(), VectorTable.Keys.ITEM, "none", input.name()))
                        .toList(),
                inputs.stream()
                        .map(input -> new Block(
                                input.name(),
                                input.source(),
                                List.of(new EmbeddingFeature(
                                        input.name() + "_vector",
                                        input.source() == Source.ITEM ? Reading.VECTOR : Reading.HISTORY_VECTOR,
                                        input.name()))))
                        .toList(),
                List.of(new Head("score", output, "1")));
    }
}
