package dev.funnel.inference.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** One operation of a graph: its operator, what it reads, what it makes, its attributes. */
public final class OnnxNode {
    private final NodeProto node;

    OnnxNode(NodeProto node) {
        this.node = node;
    }

    /** The operator; with its domain in front if that is not ONNX's own. */
    public String operator() {
        return node.getDomain().isEmpty() || node.getDomain().equals("ai.onnx")
                ? node.getOpType()
                : node.getDomain() + "." + node.getOpType();
    }

    /** Names of what it reads; an empty one stands for an optional input left out. */
    public List<String> inputs() {
        return node.getInputList();
    }

    /** Names of what it makes. */
    public List<String> outputs() {
        return node.getOutputList();
    }

    /** Name of input {@code i}; empty if it is left out. */
    public Optional<String> input(int i) {
        return i < node.getInputCount() && !node.getInput(i).isEmpty()
                ? Optional.of(node.getInput(i))
                : Optional.empty();
    }

    /** Name of its first output. */
    public String output() {
        return node.getOutput(0);
    }

    /** How it is called in messages. */
    public String place() {
        return operator() + " node \"" + (node.getName().isEmpty() ? output() : node.getName()) + "\"";
    }

    /** An integer attribute. */
    public long integer(String name, long otherwise) {
        return attribute(name).map(AttributeProto::getI).orElse(otherwise);
    }

    /** A float attribute. */
    public float number(String name, float otherwise) {
        return attribute(name).map(AttributeProto::getF).orElse(otherwise);
    }

    /** A list of integers; empty if it is absent. */
    public long[] integers(String name) {
        return attribute(name)
                .map(attribute -> attribute.getIntsList().stream().mapToLong(Long::longValue))
                .orElseGet(LongStream::empty)
                .toArray();
    }

    /** A tensor attribute. */
    public Optional<OnnxTensor> tensor(String name) throws DamagedModelException {
        Optional<AttributeProto> attribute = attribute(name);
        return attribute.isPresent() ? Optional.of(OnnxTensor.of(attribute.get().getT())) : Optional.empty();
    }

    /** Whether it holds graphs of its own, as If and Loop do. */
    public boolean hasSubgraph() {
        return node.getAttributeList().stream()
                .anyMatch(attribute -> attribute.hasG() || attribute.getGraphsCount() > 0);
    }

    NodeProto proto() {
        return node;
    }

    private Optional<AttributeProto> attribute(String name) {
        return node.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals(name))
                .findFirst();
    }
}
