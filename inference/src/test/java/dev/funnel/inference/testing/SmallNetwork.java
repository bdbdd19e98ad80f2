package dev.funnel.inference.testing;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.funnel.bundle.schema.Block;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.schema.Head;
import java.util.List;
import java.util.Random;

/**
 * An ONNX model for a schema, with seeded random weights: blocks concatenated, 8 ReLU units, one output a head, exp(clip(z)). Every
 * block is [N, width], as exporters write it.
 */
public final class SmallNetwork {
    private static final int HIDDEN = 8;
    private static final float LARGEST_LOGIT = 20;
    private static final int IR_VERSION = 8;
    private static final int OPERATOR_SET = 17;

    private final FeatureSchema schema;
    private final Random random;
    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("small");

    private SmallNetwork(FeatureSchema schema, long seed) {
        this.schema = schema;
        this.random = new Random(seed);
    }

    /** The model's bytes. */
    public static byte[] write(FeatureSchema schema, long seed) {
        SmallNetwork network = new SmallNetwork(schema, seed);
        network.addInputs();
        network.addLayers();
        return network.bytes();
    }

    /** A model without hidden units: blocks concatenated, one random matrix a head. */
    public static byte[] linear(FeatureSchema schema, long seed) {
        SmallNetwork network = new SmallNetwork(schema, seed);
        network.addInputs();
        int width = network.concatenate();
        for (Head head : schema.heads()) {
            network.addRandom(head.name() + "_weights", width, head.width());
            network.node("MatMul", head.output(), "all", head.name() + "_weights");
            network.graph.addOutput(value(head.output(), head.width()));
        }
        return network.bytes();
    }

    private byte[] bytes() {
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private void addInputs() {
        schema.blocks().forEach(block -> graph.addInput(value(block.name(), schema.width(block))));
    }

    private int concatenate() {
        graph.addNode(NodeProto.newBuilder()
                .setOpType("Concat")
                .addAllInput(schema.blocks().stream().map(Block::name).toList())
                .addOutput("all")
                .addAttribute(AttributeProto.newBuilder()
                        .setName("axis")
                        .setType(AttributeProto.AttributeType.INT)
                        .setI(1)));
        return schema.blocks().stream().mapToInt(schema::width).sum();
    }

    private void addLayers() {
        int width = concatenate();
        addScalar("lowest", -LARGEST_LOGIT);
        addScalar("highest", LARGEST_LOGIT);
        addRandom("hidden_weights", width, HIDDEN);
        node("MatMul", "hidden_sums", "all", "hidden_weights");
        node("Relu", "hidden", "hidden_sums");
        for (Head head : schema.heads()) {
            addRandom(head.name() + "_weights", HIDDEN, 1);
            node("MatMul", head.name() + "_logit", "hidden", head.name() + "_weights");
            node("Clip", head.name() + "_clipped", head.name() + "_logit", "lowest", "highest");
            node("Exp", head.output(), head.name() + "_clipped");
            graph.addOutput(value(head.output(), 1));
        }
    }

    private void node(String operator, String output, String... inputs) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType(operator)
                .addAllInput(List.of(inputs))
                .addOutput(output));
    }

    private void addScalar(String name, float value) {
        graph.addInitializer(TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.FLOAT.getNumber())
                .addFloatData(value));
    }

    private void addRandom(String name, int rows, int columns) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.FLOAT.getNumber())
                .addDims(rows)
                .addDims(columns);
        for (int i = 0; i < rows * columns; i++) {
            tensor.addFloatData((float) (random.nextGaussian() / Math.sqrt(rows)));
        }
        graph.addInitializer(tensor);
    }

    private static ValueInfoProto value(String name, int width) {
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                                .setShape(TensorShapeProto.newBuilder()
                                        .addDim(TensorShapeProto.Dimension.newBuilder()
                                                .setDimParam("N"))
                                        .addDim(TensorShapeProto.Dimension.newBuilder()
                                                .setDimValue(width)))))
                .build();
    }
}
