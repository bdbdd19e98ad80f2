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
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Writes ONNX graphs node by node, as an exporter would. */
public final class GraphWriter {
    private static final int IR_VERSION = 8;
    private static final int OPERATOR_SET = 17;

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");
    private final Random random;
    private int constants;

    /** @param seed of the random weights */
    public GraphWriter(long seed) {
        this.random = new Random(seed);
    }

    /** An input of float32 [N, width]. */
    public GraphWriter input(String name, int width) {
        graph.addInput(port(name, TensorProto.DataType.FLOAT, -1, width));
        return this;
    }

    /** An input of int64 [N, width]. */
    public GraphWriter ids(String name, int width) {
        graph.addInput(port(name, TensorProto.DataType.INT64, -1, width));
        return this;
    }

    /** An output of float32 with this shape, -1 for N. */
    public GraphWriter output(String name, int... shape) {
        graph.addOutput(port(name, TensorProto.DataType.FLOAT, shape));
        return this;
    }

    /** A stored float32 tensor of random values about 0; returns its name. */
    public String random(int... shape) {
        int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) (random.nextGaussian() / Math.sqrt(shape.length == 0 ? 1 : shape[0]));
        }
        return stored(values, shape);
    }

    /** A stored float32 tensor; returns its name. */
    public String stored(float[] values, int... shape) {
        TensorProto.Builder tensor = tensor(TensorProto.DataType.FLOAT, shape);
        for (float value : values) {
            tensor.addFloatData(value);
        }
        graph.addInitializer(tensor);
        return tensor.getName();
    }

    /** A stored int64 vector; returns its name. */
    public String integers(long... values) {
        TensorProto.Builder tensor = tensor(TensorProto.DataType.INT64, values.length);
        Arrays.stream(values).forEach(tensor::addInt64Data);
        graph.addInitializer(tensor);
        return tensor.getName();
    }

    private TensorProto.Builder tensor(TensorProto.DataType type, int... shape) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setName("stored" + constants++).setDataType(type.getNumber());
        Arrays.stream(shape).forEach(tensor::addDims);
        return tensor;
    }

    /** A node without attributes; returns {@code output}. */
    public String node(String operator, String output, String... inputs) {
        graph.addNode(builder(operator, output, inputs));
        return output;
    }

    /** A node with one integer attribute; returns {@code output}. */
    public String node(String operator, String attribute, long value, String output, String... inputs) {
        graph.addNode(builder(operator, output, inputs)
                .addAttribute(AttributeProto.newBuilder()
                        .setName(attribute)
                        .setType(AttributeProto.AttributeType.INT)
                        .setI(value)));
        return output;
    }

    private static NodeProto.Builder builder(String operator, String output, String... inputs) {
        return NodeProto.newBuilder()
                .setOpType(operator)
                .addAllInput(List.of(inputs))
                .addOutput(output);
    }

    /** A dense layer [inputs, outputs] with a bias; returns {@code output}. */
    public String dense(String output, String in, int inputs, int outputs) {
        return node("Gemm", output, in, random(inputs, outputs), random(outputs));
    }

    /** The model. */
    public ModelProto model() {
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
                .setGraph(graph)
                .build();
    }

    /** The model's bytes. */
    public byte[] bytes() {
        return model().toByteArray();
    }

    private static ValueInfoProto port(String name, TensorProto.DataType type, int... shape) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
        for (int length : shape) {
            TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
            dimensions.addDim(length < 0 ? dimension.setDimParam("N") : dimension.setDimValue(length));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(dimensions)))
                .build();
    }
}
