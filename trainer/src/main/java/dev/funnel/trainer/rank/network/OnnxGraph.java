package dev.funnel.trainer.rank.network;

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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes a {@link NetworkWeights} as an ONNX model (operator set 17).
 *
 * <p>The first layer is split by rows of W: blocks that all candidates share make one row [1, hidden], which is the bias of
 * the candidates' part [N, hidden]. So the user's share of the first layer is computed once a request, not once a candidate.
 */
public final class OnnxGraph {
    private static final int IR_VERSION = 8;
    private static final int OPERATOR_SET = 17;

    private final NetworkWeights network;
    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("ranker");

    private OnnxGraph(NetworkWeights network) {
        this.network = network;
    }

    /** The model's bytes; its one output is named {@code output}, float32 [N, 1]. */
    public static byte[] write(NetworkWeights network, String output) {
        OnnxGraph writer = new OnnxGraph(network);
        writer.addInputs();
        writer.addOutput(output, writer.addLayers());
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("funnel")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
                .setGraph(writer.graph)
                .build()
                .toByteArray();
    }

    private void addInputs() {
        for (InputBlock input : network.inputs()) {
            graph.addInput(value(input.name(), input.oncePerRequest(), input.width()));
        }
    }

    private String addLayers() {
        String values = addFirstLayer(network.layers().getFirst());
        for (int i = 1; i < network.layers().size(); i++) {
            String name = "layer" + i;
            DenseLayer layer = network.layers().get(i);
            String rectified = node("Relu", name + "_in", values);
            addMatrix(name + "_weights", layer.inputs(), layer.outputs(), layer.weights());
            addMatrix(name + "_bias", 1, layer.outputs(), layer.bias());
            values = node("Gemm", name, rectified, name + "_weights", name + "_bias");
        }
        return values;
    }

    private String addFirstLayer(DenseLayer layer) {
        addMatrix("layer0_bias", 1, layer.outputs(), layer.bias());
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
        String joined = names.size() == 1 ? names.getFirst() : concat(share + "_in", names);
        addMatrix(share + "_weights", length / layer.outputs(), layer.outputs(), Arrays.copyOf(rows, length));
        return node("Gemm", share, joined, share + "_weights", bias);
    }

    private void addOutput(String output, String logit) {
        addScalar("lowest_logit", network.lowestLogit());
        addScalar("highest_logit", network.highestLogit());
        String clipped = node("Clip", "logit", logit, "lowest_logit", "highest_logit");
        node("Exp", output, clipped);
        graph.addOutput(value(output, false, 1));
    }

    private String concat(String name, List<String> inputs) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType("Concat")
                .setName(name)
                .addAllInput(inputs)
                .addOutput(name)
                .addAttribute(AttributeProto.newBuilder()
                        .setName("axis")
                        .setType(AttributeProto.AttributeType.INT)
                        .setI(1)));
        return name;
    }

    private String node(String operator, String output, String... inputs) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType(operator)
                .setName(output)
                .addAllInput(List.of(inputs))
                .addOutput(output));
        return output;
    }

    private void addMatrix(String name, int rows, int columns, float[] values) {
        graph.addInitializer(tensor(name, values).addDims(rows).addDims(columns));
    }

    private void addScalar(String name, float value) {
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
}
