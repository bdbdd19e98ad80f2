package dev.funnel.inference.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An ONNX model whose references hold: every value is made once and before it is used, every stored tensor has as many numbers as
 * its shape says, nothing lies in other files.
 */
public final class OnnxFile {
    private static final int MOST_NODES = 20_000;

    private final ModelProto model;
    private final List<OnnxNode> nodes;
    private final Map<String, OnnxTensor> constants = new LinkedHashMap<>();
    private final List<OnnxPort> inputs;
    private final List<OnnxPort> outputs;

    private OnnxFile(ModelProto model) throws DamagedModelException {
        this.model = model;
        GraphProto graph = model.getGraph();
        for (TensorProto tensor : graph.getInitializerList()) {
            addConstant(tensor.getName(), OnnxTensor.of(tensor));
        }
        this.nodes = graph.getNodeList().stream().map(OnnxNode::new).toList();
        this.inputs = graph.getInputList().stream()
                .filter(input -> !constants.containsKey(input.getName()))
                .map(OnnxPort::of)
                .toList();
        this.outputs = graph.getOutputList().stream().map(OnnxPort::of).toList();
        checkReferences(graph);
    }

    /** Reads a model. */
    public static OnnxFile parse(byte[] bytes) throws DamagedModelException {
        try {
            return of(ModelProto.parseFrom(bytes));
        } catch (InvalidProtocolBufferException e) {
            throw new DamagedModelException("it is no ONNX model: " + e.getMessage(), e);
        }
    }

    static OnnxFile of(ModelProto model) throws DamagedModelException {
        if (!model.hasGraph() || model.getGraph().getNodeCount() == 0) {
            throw new DamagedModelException("it is no ONNX model: it has no graph, or one without nodes");
        }
        if (model.getGraph().getNodeCount() > MOST_NODES) {
            throw new DamagedModelException("it has more than " + MOST_NODES + " nodes");
        }
        if (model.getGraph().getSparseInitializerCount() > 0) {
            throw new DamagedModelException("it has sparse tensors, which are not supported");
        }
        return new OnnxFile(model);
    }

    private void addConstant(String name, OnnxTensor tensor) throws DamagedModelException {
        if (name.isEmpty() || constants.put(name, tensor) != null) {
            throw new DamagedModelException("a stored tensor has no name, or that of another: \"" + name + "\"");
        }
    }

    private void checkReferences(GraphProto graph) throws DamagedModelException {
        Set<String> known = new HashSet<>(constants.keySet());
        for (OnnxPort input : inputs) {
            define(known, input.name(), "input");
        }
        for (NodeProto node : graph.getNodeList()) {
            String what = node.getOpType() + " node \"" + node.getName() + "\"";
            for (String input : node.getInputList()) {
                if (!input.isEmpty() && !known.contains(input)) {
                    throw new DamagedModelException(what + " reads \"" + input + "\", which nothing before it makes");
                }
            }
            for (String output : node.getOutputList()) {
                if (!output.isEmpty()) {
                    define(known, output, what);
                }
            }
        }
        for (OnnxPort output : outputs) {
            if (!known.contains(output.name())) {
                throw new DamagedModelException("output \"" + output.name() + "\" is made by no node");
            }
        }
    }

    private static void define(Set<String> known, String name, String what) throws DamagedModelException {
        if (!known.add(name)) {
            throw new DamagedModelException(what + " makes \"" + name + "\", which is there already");
        }
    }

    /** What it takes, in its order; stored tensors left out. */
    public List<OnnxPort> inputs() {
        return inputs;
    }

    /** What it gives. */
    public List<OnnxPort> outputs() {
        return outputs;
    }

    /** Its operations, each after those whose values it uses. */
    public List<OnnxNode> nodes() {
        return nodes;
    }

    /** Stored tensors by name. */
    public Map<String, OnnxTensor> constants() {
        return constants;
    }

    /** The file's bytes. */
    public byte[] bytes() {
        return model.toByteArray();
    }

    ModelProto model() {
        return model;
    }
}
