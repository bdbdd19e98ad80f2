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
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** An ONNX model of float32 matrices, being written (operator set 17). */
public final class OnnxModel {
    private static final int IR_VERSION = 8;
    private static final int OPERATOR_SET = 17;
    private static final String TREES = "ai.onnx.ml";
    private static final int TREES_OPERATOR_SET = 3;

    private final GraphProto.Builder graph;
    private boolean withTrees;

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
        return nodeWithList(operator, output, inputs, attribute, List.of(value));
    }

    private String nodeWithList(
            String operator, String output, List<String> inputs, String attribute, List<Long> values) {
        graph.addNode(begin(operator, output, inputs)
                .addAttribute(AttributeProto.newBuilder()
                        .setName(attribute)
                        .setType(AttributeProto.AttributeType.INTS)
                        .addAllInts(values)));
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

    /** Columns {@code first} to {@code first + width} of a matrix. */
    public String columns(String name, String input, int first, int width) {
        integers(name + "_first", first);
        integers(name + "_end", first + width);
        integers(name + "_axis", 1);
        return node("Slice", name, input, name + "_first", name + "_end", name + "_axis");
    }

    /** The element-wise sum of several; of one: itself. A row [1, width] is added to every row [N, width]. */
    public String sum(String name, List<String> terms) {
        String sum = terms.getFirst();
        for (int i = 1; i < terms.size(); i++) {
            boolean last = i == terms.size() - 1;
            sum = node("Add", last ? name : name + "_to_" + i, sum, terms.get(i));
        }
        return sum;
    }

    /** The values in another shape, of which one dimension may be -1: whatever is left. */
    public String reshape(String name, String input, long... shape) {
        integers(name + "_shape", shape);
        return node("Reshape", name, input, name + "_shape");
    }

    /** The axes of a tensor in another order. */
    public String transpose(String name, String input, List<Long> axes) {
        return nodeWithList("Transpose", name, List.of(input), "perm", axes);
    }

    /** The sum [N, width] of fields [N, fields x width] that stand side by side; of one: itself. */
    public String fieldSum(String name, String input, int fields, int width) {
        if (fields == 1) {
            return input;
        }
        String cut = reshape(name + "_cut", input, -1, fields, width);
        integers(name + "_axis", 1);
        return node("ReduceSum", name, List.of(cut, name + "_axis"), "keepdims", 0);
    }

    /** A row [1, width] as often as {@code many} has rows. */
    public String repeat(String name, String row, int width, String many) {
        integers(name + "_zero", 0);
        integers(name + "_width", width);
        String rows = node("Gather", name + "_rows", node("Shape", name + "_all", many), name + "_zero");
        String shape = node("Concat", name + "_shape", List.of(rows, name + "_width"), "axis", 0);
        return node("Expand", name, row, shape);
    }

    /** Adds a constant list of integers. */
    private void integers(String name, long... values) {
        graph.addInitializer(TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.INT64.getNumber())
                .addDims(values.length)
                .addAllInt64Data(Arrays.stream(values).boxed().toList()));
    }

    /**
     * Adds a TreeEnsembleRegressor of the domain ai.onnx.ml with one target.
     *
     * @param attributes lists of longs, floats or strings
     */
    public String trees(String output, String input, Map<String, List<?>> attributes) {
        NodeProto.Builder node =
                begin("TreeEnsembleRegressor", output, List.of(input)).setDomain(TREES);
        node.addAttribute(AttributeProto.newBuilder()
                .setName("n_targets")
                .setType(AttributeProto.AttributeType.INT)
                .setI(1));
        attributes.forEach((name, values) -> node.addAttribute(list(name, values)));
        graph.addNode(node);
        withTrees = true;
        return output;
    }

    private static AttributeProto.Builder list(String name, List<?> values) {
        AttributeProto.Builder list = AttributeProto.newBuilder().setName(name);
        for (Object value : values) {
            switch (value) {
                case Long whole ->
                    list.setType(AttributeProto.AttributeType.INTS).addInts(whole);
                case Float real ->
                    list.setType(AttributeProto.AttributeType.FLOATS).addFloats(real);
                default ->
                    list.setType(AttributeProto.AttributeType.STRINGS)
                            .addStrings(ByteString.copyFromUtf8(String.valueOf(value)));
            }
        }
        return list;
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
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("funnel")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
                .setGraph(graph);
        if (withTrees) {
            model.addOpsetImport(
                    OperatorSetIdProto.newBuilder().setDomain(TREES).setVersion(TREES_OPERATOR_SET));
        }
        return model.build().toByteArray();
    }
}
