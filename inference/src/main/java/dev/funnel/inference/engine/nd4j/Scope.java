package dev.funnel.inference.engine.nd4j;

import dev.funnel.inference.engine.EngineRefusedException;
import dev.funnel.inference.onnx.DamagedModelException;
import dev.funnel.inference.onnx.OnnxNode;
import dev.funnel.inference.onnx.OnnxTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What the names of a graph stand for while it is compiled: values, and tensors that are stored. */
final class Scope {
    private final List<Slot> slots = new ArrayList<>();
    private final Map<Slot, float[]> constantSlots = new HashMap<>();
    private final Map<String, Shaped> values = new HashMap<>();
    private final Map<String, OnnxTensor> constants;
    private final List<INDArray> weights = new ArrayList<>();

    /** @param constants the tensors that the model stores, by name */
    Scope(Map<String, OnnxTensor> constants) {
        this.constants = new HashMap<>(constants);
    }

    /** The program of these steps. */
    Program program(List<Slot> reads, List<Slot> gives, List<Step.Plan> steps) {
        return new Program(slots, reads, gives, constantSlots, weights, steps);
    }

    /** Frees the matrices, when there will be no program. */
    void close() {
        weights.forEach(INDArray::close);
    }

    /** Stores what a node of constants gives. */
    void addConstant(OnnxNode node) throws EngineRefusedException {
        try {
            constants.put(
                    node.output(),
                    node.tensor("value").orElseThrow(() -> refusal(node, "must have the attribute \"value\"")));
        } catch (DamagedModelException e) {
            throw refusal(node, String.valueOf(e.getMessage()));
        }
    }

    /** The name stands for that value. */
    void name(String name, Shaped value) {
        values.put(name, value);
    }

    /** The tensor that input {@code i} of a node is, null if it is a value. */
    @Nullable
    OnnxTensor stored(OnnxNode node, int i) {
        return constants.get(node.input(i).orElse(""));
    }

    /** A slot that always holds these numbers, as one row. */
    Slot newConstant(float[] numbers) {
        Slot slot = newSlot(numbers.length, false);
        constantSlots.put(slot, numbers);
        return slot;
    }

    /** A matrix of weights, to be filled. */
    INDArray newWeights(int outputs, int inputs) {
        INDArray array = Tile.create(outputs, inputs);
        weights.add(array);
        return array;
    }

    /** Numbers that a node has stored as an input, or as an attribute. */
    long[] integers(OnnxNode node, int i, String attribute) throws EngineRefusedException {
        if (node.input(i).isEmpty()) {
            return node.integers(attribute);
        }
        OnnxTensor stored = constant(node, i);
        require(
                node,
                stored.longs().length > 0 && stored.shape().length <= 1,
                "must have its " + attribute + " stored as int64");
        return stored.longs();
    }

    /** A dimension, counted from 0; not that of candidates. */
    static int axis(OnnxNode node, long axis, int rank) throws EngineRefusedException {
        long at = axis < 0 ? axis + rank : axis;
        require(node, at > 0 && at < rank, "works on axis " + axis + " of " + rank + "; the first counts candidates");
        return (int) at;
    }

    /** Input {@code i} of a node, which must be stored. */
    OnnxTensor constant(OnnxNode node, int i) throws EngineRefusedException {
        OnnxTensor stored = constants.get(node.input(i).orElse(""));
        if (stored == null) {
            throw refusal(node, "must have input " + i + " stored in the model");
        }
        return stored;
    }

    /** Input {@code i} of a node, which must be a value. */
    Shaped input(OnnxNode node, int i) throws EngineRefusedException {
        return value(node.input(i).orElseThrow(() -> refusal(node, "lacks input " + i)), node.place());
    }

    /** What a name stands for; {@code place} reads it. */
    Shaped value(String name, String place) throws EngineRefusedException {
        Shaped value = values.get(name);
        if (value == null) {
            throw new EngineRefusedException(
                    "ND4J: " + place + " reads \"" + name + "\", which does not depend on any input");
        }
        return value;
    }

    /** What a node gives, of the form of another value. */
    Slot like(OnnxNode node, Shaped in) {
        return define(node.output(), in.slot().perRow(), in.dimensions()).slot();
    }

    /** A new value: a row for each candidate or one, whose numbers have these dimensions. */
    Shaped define(String name, boolean perRow, int... lengths) {
        Shaped value = new Shaped(newSlot(Shaped.product(lengths), perRow), lengths);
        values.put(name, value);
        return value;
    }

    private Slot newSlot(int width, boolean perRow) {
        Slot slot = new Slot(slots.size(), width, perRow);
        slots.add(slot);
        return slot;
    }

    /** Refuses a node unless something holds. */
    static void require(OnnxNode node, boolean holds, String otherwise) throws EngineRefusedException {
        if (!holds) {
            throw refusal(node, otherwise);
        }
    }

    /** Why a node is not run. */
    static EngineRefusedException refusal(OnnxNode node, String reason) {
        return new EngineRefusedException("ND4J does not run this: " + node.place() + " " + reason);
    }

    /** A form, for people. */
    static String show(@Nullable Shaped value) {
        return value == null
                ? "nothing"
                : (value.slot().perRow() ? "[N" : "[1")
                        + Arrays.stream(value.dimensions())
                                .mapToObj(length -> ", " + length)
                                .reduce("", String::concat) + "]";
    }
}
