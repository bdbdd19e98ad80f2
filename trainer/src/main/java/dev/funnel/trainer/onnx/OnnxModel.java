package dev.funnel.trainer.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** An ONNX model of float32 matrices, being written (operator set 17). */
public final class OnnxModel {
    private static final int IR_VERSION = 8;
    private static final int OPERATOR_SET = 17;

    private final GraphProto.Builder graph;

    /** An empty model. */
    public OnnxModel(String name) {
        this.graph = GraphProto.newBuilder().setName(name);
    }

    /** Adds an input [1, width] or [N, width]. */
    public void input(String name, boolean oneRow, int width) {
        graph.addInput(value(name, oneRow, width));
    }

    /** Declares what a node gives to be an output [1, width] or [N, width]. */
    public void output(String name, boolean oneRow, int width) {
        graph.addOutput(value(name, oneRow, width));
    }

    /** Adds a node with one output, which names it; returns that name. */
    public String node(String operator, String output, String... inputs) {
        graph.addNode(begin(operator, output, List.of(inputs)));
        return output;
    }

    /** Adds a node with an integer attribute. */
    public String node(String operator, String output, List<String> inputs, String attribute, long value) {
        graph.addNode(begin(operator, output, inputs)
                .addAttribute(AttributeProto.newBuilder()
                        .setName(attribute)
                        .setType(AttributeProto.AttributeType.INT)
                        .setI(value)));
        return output;
    }

    /** Adds a node with an attribute that is a list of one integer. */
    public String nodeWithList(String operator, String output, List<String> inputs, String attribute, long value) {
        graph.addNode(begin(operator, output, inputs)
                .addAttribute(AttributeProto.newBuilder()
                        .setName(attribute)
                        .setType(AttributeProto.AttributeType.INTS)
                        .addInts(value)));
        return output;
    }

    private static NodeProto.Builder begin(String operator, String output, List<String> inputs) {
        return NodeProto.newBuilder()
                .setOpType(operator)
                .setName(output)
                .addAllInput(inputs)
                .addOutput(output);
    }

    /** The columns of several matrices side by side; of one: itself. */
    public String concat(String name, List<String> inputs) {
        return inputs.size() == 1 ? inputs.getFirst() : node("Concat", name, inputs, "axis", 1);
    }

    /** Adds a constant matrix. */
    public void matrix(String name, int rows, int columns, float[] values) {
        graph.addInitializer(tensor(name, values).addDims(rows).addDims(columns));
    }

    /** Adds a constant number. */
    public void scalar(String name, float value) {
        graph.addInitializer(tensor(name, value));
    }

    private static TensorProto.Builder tensor(String name, float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.FLOAT.getNumber())
                .setRawData(ByteString.copyFrom(bytes));
    }

    private static ValueInfoProto value(String name, boolean oneRow, int width) {
        TensorShapeProto.Dimension.Builder rows = TensorShapeProto.Dimension.newBuilder();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                                .setShape(TensorShapeProto.newBuilder()
                                        .addDim(oneRow ? rows.setDimValue(1) : rows.setDimParam("N"))
                                        .addDim(TensorShapeProto.Dimension.newBuilder()
                                                .setDimValue(width)))))
                .build();
    }

    /** The model's bytes. */
    public byte[] bytes() {
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("funnel")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
                .setGraph(graph)
                .build()
                .toByteArray();
    }
}
