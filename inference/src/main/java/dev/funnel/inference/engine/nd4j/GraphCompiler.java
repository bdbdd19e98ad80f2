package dev.funnel.inference.engine.nd4j;

import dev.funnel.inference.engine.EngineRefusedException;
import dev.funnel.inference.onnx.DamagedModelException;
import dev.funnel.inference.onnx.OnnxFile;
import dev.funnel.inference.onnx.OnnxNode;
import dev.funnel.inference.onnx.OnnxPort;
import dev.funnel.inference.onnx.OnnxTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Turns a graph into a {@link Program}. Dimension 0 of every value counts candidates and stays as it is; what works across
 * candidates, makes shapes of data or is not in {@link #OPERATORS} is refused, naming the node.
 */
final class GraphCompiler {
    /** What it knows. */
    static final Set<String> OPERATORS = Set.of(
            "Add",
            "Clip",
            "Concat",
            "Constant",
            "Div",
            "Dropout",
            "Exp",
            "Flatten",
            "Gemm",
            "Identity",
            "LeakyRelu",
            "Log",
            "MatMul",
            "Mul",
            "Neg",
            "Pow",
            "ReduceMean",
            "ReduceSum",
            "Relu",
            "Reshape",
            "Sigmoid",
            "Slice",
            "Softplus",
            "Squeeze",
            "Sub",
            "Tanh",
            "Unsqueeze");

    private final List<Slot> slots = new ArrayList<>();
    private final Map<Slot, float[]> constantSlots = new HashMap<>();
    private final Map<String, Shaped> values = new HashMap<>();
    private final Map<String, OnnxTensor> constants;
    private final List<INDArray> weights = new ArrayList<>();
    private final List<Step.Plan> steps = new ArrayList<>();

    private GraphCompiler(OnnxFile file) {
        this.constants = new HashMap<>(file.constants());
    }

    /**
     * Compiles a graph.
     *
     * @param outputs names of what is wanted of it
     */
    static Compiled compile(OnnxFile file, List<Input> inputs, List<String> outputs) throws EngineRefusedException {
        requireKnown(file);
        GraphCompiler compiler = new GraphCompiler(file);
        try {
            return compiler.compile(file.nodes(), inputs, outputs);
        } catch (EngineRefusedException | RuntimeException e) {
            compiler.weights.forEach(INDArray::close);
            throw e;
        }
    }

    private Compiled compile(List<OnnxNode> nodes, List<Input> inputs, List<String> names)
            throws EngineRefusedException {
        List<Slot> reads = new ArrayList<>();
        for (Input input : inputs) {
            reads.add(define(input.name(), !input.oneRow(), input.width()).slot());
        }
        for (OnnxNode node : nodes) {
            add(node);
        }
        List<OnnxPort> ports = new ArrayList<>();
        List<Slot> gives = new ArrayList<>();
        for (String name : names) {
            Shaped value = value(name, "output");
            ports.add(new OnnxPort(name, "FLOAT", shape(value)));
            gives.add(value.slot());
        }
        return new Compiled(new Program(slots, reads, gives, constantSlots, weights, steps), ports);
    }

    /** A program, and what it gives. */
    record Compiled(Program program, List<OnnxPort> outputs) {}

    private static long[] shape(Shaped value) {
        long[] shape = new long[value.rank()];
        shape[0] = value.slot().perRow() ? OnnxPort.ANY : 1;
        for (int d = 1; d < shape.length; d++) {
            shape[d] = value.dimensions()[d - 1];
        }
        return shape;
    }

    /** What a graph reads: [N, width], or [1, width] if {@code oneRow}. */
    record Input(String name, int width, boolean oneRow) {}

    private static void requireKnown(OnnxFile file) throws EngineRefusedException {
        Set<String> unknown = new TreeSet<>();
        for (OnnxNode node : file.nodes()) {
            if (!OPERATORS.contains(node.operator())) {
                unknown.add(node.operator());
            }
        }
        if (!unknown.isEmpty()) {
            throw new EngineRefusedException("ND4J does not run the operators " + unknown + " of the model; it runs "
                    + new TreeSet<>(OPERATORS));
        }
    }

    private void add(OnnxNode node) throws EngineRefusedException {
        switch (node.operator()) {
            case "Constant" -> addConstant(node);
            case "Gemm", "MatMul" -> addProduct(node);
            case "Add" -> addPair(node, Arithmetic.ADD);
            case "Sub" -> addPair(node, Arithmetic.SUBTRACT);
            case "Mul" -> addPair(node, Arithmetic.MULTIPLY);
            case "Div" -> addPair(node, Arithmetic.DIVIDE);
            case "Pow" -> addPair(node, Arithmetic.POWER);
            case "Sigmoid" -> addCurve(node, Curve.SIGMOID);
            case "Tanh" -> addCurve(node, Curve.TANH);
            case "Exp" -> addCurve(node, Curve.EXP);
            case "Log" -> addCurve(node, Curve.LOG);
            case "Softplus" -> addCurve(node, Curve.SOFTPLUS);
            case "Relu" -> addClip(node, 0, Float.POSITIVE_INFINITY);
            case "Clip" ->
                addClip(node, bound(node, 1, "min", -Float.MAX_VALUE), bound(node, 2, "max", Float.MAX_VALUE));
            case "LeakyRelu" -> addLeakyRelu(node);
            case "Neg" -> addNegative(node);
            case "Identity", "Dropout" -> values.put(node.output(), input(node, 0));
            case "Concat" -> addConcat(node);
            case "Slice" -> addSlice(node);
            case "ReduceSum" -> addFold(node, false);
            case "ReduceMean" -> addFold(node, true);
            case "Reshape", "Flatten", "Squeeze", "Unsqueeze" -> values.put(node.output(), reshaped(node));
            default -> throw refusal(node, "is not known");
        }
    }

    private void addConstant(OnnxNode node) throws EngineRefusedException {
        try {
            constants.put(
                    node.output(),
                    node.tensor("value").orElseThrow(() -> refusal(node, "must have the attribute \"value\"")));
        } catch (DamagedModelException e) {
            throw refusal(node, String.valueOf(e.getMessage()));
        }
    }

    private void addProduct(OnnxNode node) throws EngineRefusedException {
        boolean gemm = node.operator().equals("Gemm");
        Shaped in = input(node, 0);
        OnnxTensor matrix = constant(node, 1);
        int[] shape = matrix.shape();
        require(node, shape.length == 2 && matrix.isFloat(), "must multiply with a stored matrix of float32");
        require(node, node.integer("transA", 0) == 0, "must not have transA");
        boolean transposed = gemm && node.integer("transB", 0) != 0;
        int inputs = shape[transposed ? 1 : 0];
        int outputs = shape[transposed ? 0 : 1];
        int last = in.dimensions().length - 1;
        require(
                node,
                last >= 0 && in.dimensions()[last] == inputs,
                "multiplies " + show(in) + " with a matrix " + Arrays.toString(shape));
        require(node, !gemm || last == 0, "must multiply a matrix");
        float[] scaled = scaled(matrix.floats(), gemm ? node.number("alpha", 1) : 1);
        int[] lengths = in.dimensions().clone();
        lengths[last] = outputs;
        Slot bias = gemm && node.input(2).isPresent() ? bias(node, outputs) : null;
        boolean perRow = in.slot().perRow() || bias != null && bias.perRow();
        require(node, perRow == in.slot().perRow(), "adds a row per candidate to one row");
        Shaped out = define(node.output(), perRow, lengths);
        steps.add(Products.plan(weights(scaled, inputs, outputs, transposed), in.slot(), bias, out.slot()));
    }

    private Slot bias(OnnxNode node, int outputs) throws EngineRefusedException {
        float beta = node.number("beta", 1);
        OnnxTensor stored = constants.get(node.input(2).orElseThrow());
        if (stored != null) {
            float[] values = scaled(stored.floats(), beta);
            boolean row = values.length == outputs
                    && stored.shape().length > 0
                    && stored.shape()[stored.shape().length - 1] == outputs;
            require(
                    node,
                    row || values.length == 1,
                    "adds " + Arrays.toString(stored.shape()) + " to " + outputs + " columns");
            float[] wide = values;
            if (!row) {
                wide = new float[outputs];
                Arrays.fill(wide, values[0]);
            }
            Slot slot = newSlot(outputs, false);
            constantSlots.put(slot, wide);
            return slot;
        }
        Shaped value = input(node, 2);
        require(
                node,
                beta == 1 && value.rank() == 2 && value.slot().width() == outputs,
                "adds " + show(value) + " times " + beta);
        return value.slot();
    }

    private INDArray weights(float[] values, int inputs, int outputs, boolean transposed) {
        INDArray array = Tile.create(outputs, inputs);
        weights.add(array);
        float[] rows = values;
        if (transposed) {
            rows = new float[values.length];
            for (int out = 0; out < outputs; out++) {
                for (int in = 0; in < inputs; in++) {
                    rows[in * outputs + out] = values[out * inputs + in];
                }
            }
        }
        array.data().asNioFloat().put(0, rows);
        return array;
    }

    private static float[] scaled(float[] values, float factor) {
        float[] scaled = values.clone();
        for (int i = 0; i < scaled.length && factor != 1; i++) {
            scaled[i] *= factor;
        }
        return scaled;
    }

    private void addPair(OnnxNode node, Arithmetic operation) throws EngineRefusedException {
        Shaped a = operand(node, 0);
        Shaped b = operand(node, 1);
        require(node, a.rank() == b.rank(), "combines " + show(a) + " with " + show(b));
        int[] lengths = Broadcast.lengths(a.dimensions(), b.dimensions());
        if (lengths == null) {
            throw refusal(node, "combines " + show(a) + " with " + show(b));
        }
        Shaped out = define(node.output(), a.slot().perRow() || b.slot().perRow(), lengths);
        steps.add(operation.plan(
                a.slot(),
                Broadcast.places(a.dimensions(), lengths),
                b.slot(),
                Broadcast.places(b.dimensions(), lengths),
                out.slot()));
    }

    /** An input of an operation on pairs; a stored tensor gets as many dimensions as the other operand has. */
    private Shaped operand(OnnxNode node, int i) throws EngineRefusedException {
        OnnxTensor stored = constants.get(node.input(i).orElse(""));
        if (stored == null) {
            return input(node, i);
        }
        int rank = input(node, 1 - i).rank();
        int[] shape = stored.shape();
        boolean oneRow = shape.length < rank || shape.length == rank && shape[0] == 1;
        require(
                node,
                stored.isFloat() && oneRow,
                "combines with a stored tensor " + stored.type() + Arrays.toString(shape));
        int[] lengths = new int[rank - 1];
        Arrays.fill(lengths, 1);
        for (int d = 1; d <= Math.min(shape.length, lengths.length); d++) {
            lengths[lengths.length - d] = shape[shape.length - d];
        }
        Slot slot = newSlot(stored.floats().length, false);
        constantSlots.put(slot, stored.floats());
        return new Shaped(slot, lengths);
    }

    private void addCurve(OnnxNode node, Curve curve) throws EngineRefusedException {
        Shaped in = input(node, 0);
        steps.add(curve.plan(in.slot(), like(node, in)));
    }

    private void addClip(OnnxNode node, float least, float most) throws EngineRefusedException {
        Shaped in = input(node, 0);
        steps.add(Curve.clip(in.slot(), least, most, like(node, in)));
    }

    private void addLeakyRelu(OnnxNode node) throws EngineRefusedException {
        Shaped in = input(node, 0);
        steps.add(Curve.leakyRectifier(in.slot(), node.number("alpha", .01f), like(node, in)));
    }

    private void addNegative(OnnxNode node) throws EngineRefusedException {
        Shaped in = input(node, 0);
        Slot minusOne = newSlot(1, false);
        constantSlots.put(minusOne, new float[] {-1});
        Slot out = like(node, in);
        steps.add(Arithmetic.MULTIPLY.plan(
                in.slot(), null, minusOne, new int[in.slot().width()], out));
    }

    private float bound(OnnxNode node, int i, String attribute, float otherwise) throws EngineRefusedException {
        if (node.input(i).isEmpty()) {
            return node.number(attribute, otherwise);
        }
        OnnxTensor stored = constant(node, i);
        require(node, stored.isFloat() && stored.floats().length == 1, "must have stored bounds");
        return stored.floats()[0];
    }

    private void addConcat(OnnxNode node) throws EngineRefusedException {
        List<Shaped> parts = new ArrayList<>();
        for (int i = 0; i < node.inputs().size(); i++) {
            parts.add(input(node, i));
        }
        Shaped first = parts.getFirst();
        int axis = axis(node, node.integer("axis", 0), first.rank()) - 1;
        int[] lengths = first.dimensions().clone();
        lengths[axis] = parts.stream().mapToInt(part -> part.dimensions()[axis]).sum();
        for (Shaped part : parts) {
            int[] like = part.dimensions().clone();
            like[axis] = lengths[axis];
            require(
                    node,
                    Arrays.equals(like, lengths)
                            && part.slot().perRow() == first.slot().perRow(),
                    "joins " + show(first) + " with " + show(part));
        }
        Shaped out = define(node.output(), first.slot().perRow(), lengths);
        steps.add(Rows.move(Runs.concat(parts, axis, out.slot().width()), out.slot()));
    }

    private void addSlice(OnnxNode node) throws EngineRefusedException {
        Shaped in = input(node, 0);
        long[] starts = integers(node, 1, "starts");
        long[] ends = integers(node, 2, "ends");
        long[] axes = integers(node, 3, "axes");
        long[] strides = integers(node, 4, "steps");
        require(node, starts.length == 1 && ends.length == 1, "must cut one dimension");
        require(node, strides.length == 0 || strides[0] == 1, "must take every number");
        int axis = axis(node, axes.length == 0 ? 0 : axes[0], in.rank()) - 1;
        int length = in.dimensions()[axis];
        int from = (int) Math.clamp(starts[0] < 0 ? starts[0] + length : starts[0], 0, length);
        int to = (int) Math.clamp(ends[0] < 0 ? ends[0] + length : ends[0], 0, length);
        require(node, from < to, "takes nothing");
        int[] lengths = in.dimensions().clone();
        lengths[axis] = to - from;
        Shaped out = define(node.output(), in.slot().perRow(), lengths);
        steps.add(Rows.move(Runs.slice(in, axis, from, to), out.slot()));
    }

    private void addFold(OnnxNode node, boolean mean) throws EngineRefusedException {
        Shaped in = input(node, 0);
        long[] axes = integers(node, 1, "axes");
        require(node, axes.length > 0, "must name its axes");
        boolean[] folded = new boolean[in.dimensions().length];
        int count = 1;
        for (long each : axes) {
            int axis = axis(node, each, in.rank()) - 1;
            folded[axis] = true;
            count *= in.dimensions()[axis];
        }
        boolean keep = node.integer("keepdims", 1) != 0;
        Shaped out = define(node.output(), in.slot().perRow(), Broadcast.folded(in.dimensions(), folded, keep));
        steps.add(Rows.fold(in.slot(), Broadcast.sums(in.dimensions(), folded), mean ? 1f / count : 1, out.slot()));
    }

    private Shaped reshaped(OnnxNode node) throws EngineRefusedException {
        Shaped in = input(node, 0);
        int[] lengths = switch (node.operator()) {
            case "Reshape" -> Reshapes.reshape(in, integers(node, 1, "shape"));
            case "Flatten" ->
                node.integer("axis", 1) == 1 ? new int[] {in.slot().width()} : null;
            case "Squeeze" -> Reshapes.squeeze(in, integers(node, 1, "axes"));
            default -> Reshapes.unsqueeze(in, integers(node, 1, "axes"));
        };
        if (lengths == null) {
            throw refusal(node, "gives " + show(in) + " a form in which dimension 0 does not count candidates");
        }
        return in.as(lengths);
    }

    private long[] integers(OnnxNode node, int i, String attribute) throws EngineRefusedException {
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

    private int axis(OnnxNode node, long axis, int rank) throws EngineRefusedException {
        long at = axis < 0 ? axis + rank : axis;
        require(node, at > 0 && at < rank, "works on axis " + axis + " of " + rank + "; the first counts candidates");
        return (int) at;
    }

    private OnnxTensor constant(OnnxNode node, int i) throws EngineRefusedException {
        OnnxTensor stored = constants.get(node.input(i).orElse(""));
        if (stored == null) {
            throw refusal(node, "must have input " + i + " stored in the model");
        }
        return stored;
    }

    private Shaped input(OnnxNode node, int i) throws EngineRefusedException {
        return value(node.input(i).orElseThrow(() -> refusal(node, "lacks input " + i)), node.place());
    }

    private Shaped value(String name, String place) throws EngineRefusedException {
        Shaped value = values.get(name);
        if (value == null) {
            throw new EngineRefusedException(
                    "ND4J: " + place + " reads \"" + name + "\", which does not depend on any input");
        }
        return value;
    }

    private Slot like(OnnxNode node, Shaped in) {
        return define(node.output(), in.slot().perRow(), in.dimensions()).slot();
    }

    private Shaped define(String name, boolean perRow, int... lengths) {
        Shaped value = new Shaped(newSlot(Shaped.product(lengths), perRow), lengths);
        values.put(name, value);
        return value;
    }

    private Slot newSlot(int width, boolean perRow) {
        Slot slot = new Slot(slots.size(), width, perRow);
        slots.add(slot);
        return slot;
    }

    private static void require(OnnxNode node, boolean holds, String otherwise) throws EngineRefusedException {
        if (!holds) {
            throw refusal(node, otherwise);
        }
    }

    private static EngineRefusedException refusal(OnnxNode node, String reason) {
        return new EngineRefusedException("ND4J does not run this: " + node.place() + " " + reason);
    }

    private static String show(@Nullable Shaped value) {
        return value == null
                ? "nothing"
                : (value.slot().perRow() ? "[N" : "[1")
                        + Arrays.stream(value.dimensions())
                                .mapToObj(length -> ", " + length)
                                .reduce("", String::concat) + "]";
    }
}
