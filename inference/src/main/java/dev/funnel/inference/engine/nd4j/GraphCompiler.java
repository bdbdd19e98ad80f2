package dev.funnel.inference.engine.nd4j;

import dev.funnel.inference.engine.EngineRefusedException;
import dev.funnel.inference.onnx.OnnxFile;
import dev.funnel.inference.onnx.OnnxNode;
import dev.funnel.inference.onnx.OnnxPort;
import dev.funnel.inference.onnx.OnnxTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

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

    private final Scope scope;
    private final ProductCompiler products;
    private final FormCompiler forms;
    private final List<Step.Plan> steps = new ArrayList<>();

    private GraphCompiler(OnnxFile file) {
        this.scope = new Scope(file.constants());
        this.products = new ProductCompiler(scope);
        this.forms = new FormCompiler(scope);
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
            compiler.scope.close();
            throw e;
        }
    }

    private Compiled compile(List<OnnxNode> nodes, List<Input> inputs, List<String> names)
            throws EngineRefusedException {
        List<Slot> reads = new ArrayList<>();
        for (Input input : inputs) {
            reads.add(scope.define(input.name(), !input.oneRow(), input.width()).slot());
        }
        for (OnnxNode node : nodes) {
            add(node);
        }
        List<OnnxPort> ports = new ArrayList<>();
        List<Slot> gives = new ArrayList<>();
        for (String name : names) {
            Shaped value = scope.value(name, "output");
            ports.add(new OnnxPort(name, "FLOAT", shape(value)));
            gives.add(value.slot());
        }
        return new Compiled(scope.program(reads, gives, steps), ports);
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
            case "Constant" -> scope.addConstant(node);
            case "Gemm", "MatMul" -> steps.add(products.plan(node));
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
            case "Identity", "Dropout" -> scope.name(node.output(), scope.input(node, 0));
            case "Concat" -> steps.add(forms.concat(node));
            case "Slice" -> steps.add(forms.slice(node));
            case "ReduceSum" -> steps.add(forms.fold(node, false));
            case "ReduceMean" -> steps.add(forms.fold(node, true));
            case "Reshape", "Flatten", "Squeeze", "Unsqueeze" -> scope.name(node.output(), forms.reshaped(node));
            default -> throw Scope.refusal(node, "is not known");
        }
    }

    private void addPair(OnnxNode node, Arithmetic operation) throws EngineRefusedException {
        Shaped a = operand(node, 0);
        Shaped b = operand(node, 1);
        Scope.require(node, a.rank() == b.rank(), "combines " + Scope.show(a) + " with " + Scope.show(b));
        int[] lengths = Broadcast.lengths(a.dimensions(), b.dimensions());
        if (lengths == null) {
            throw Scope.refusal(node, "combines " + Scope.show(a) + " with " + Scope.show(b));
        }
        Shaped out = scope.define(node.output(), a.slot().perRow() || b.slot().perRow(), lengths);
        steps.add(operation.plan(
                a.slot(),
                Broadcast.places(a.dimensions(), lengths),
                b.slot(),
                Broadcast.places(b.dimensions(), lengths),
                out.slot()));
    }

    /** An input of an operation on pairs; a stored tensor gets as many dimensions as the other operand has. */
    private Shaped operand(OnnxNode node, int i) throws EngineRefusedException {
        OnnxTensor stored = scope.stored(node, i);
        if (stored == null) {
            return scope.input(node, i);
        }
        int rank = scope.input(node, 1 - i).rank();
        int[] shape = stored.shape();
        boolean oneRow = shape.length < rank || shape.length == rank && shape[0] == 1;
        Scope.require(
                node,
                stored.isFloat() && oneRow,
                "combines with a stored tensor " + stored.type() + Arrays.toString(shape));
        int[] lengths = new int[rank - 1];
        Arrays.fill(lengths, 1);
        for (int d = 1; d <= Math.min(shape.length, lengths.length); d++) {
            lengths[lengths.length - d] = shape[shape.length - d];
        }
        return new Shaped(scope.newConstant(stored.floats()), lengths);
    }

    private void addCurve(OnnxNode node, Curve curve) throws EngineRefusedException {
        Shaped in = scope.input(node, 0);
        steps.add(curve.plan(in.slot(), scope.like(node, in)));
    }

    private void addClip(OnnxNode node, float least, float most) throws EngineRefusedException {
        Shaped in = scope.input(node, 0);
        steps.add(Curve.clip(in.slot(), least, most, scope.like(node, in)));
    }

    private void addLeakyRelu(OnnxNode node) throws EngineRefusedException {
        Shaped in = scope.input(node, 0);
        steps.add(Curve.leakyRectifier(in.slot(), node.number("alpha", .01f), scope.like(node, in)));
    }

    private void addNegative(OnnxNode node) throws EngineRefusedException {
        Shaped in = scope.input(node, 0);
        Slot minusOne = scope.newConstant(new float[] {-1});
        Slot out = scope.like(node, in);
        steps.add(Arithmetic.MULTIPLY.plan(
                in.slot(), null, minusOne, new int[in.slot().width()], out));
    }

    private float bound(OnnxNode node, int i, String attribute, float otherwise) throws EngineRefusedException {
        if (node.input(i).isEmpty()) {
            return node.number(attribute, otherwise);
        }
        OnnxTensor stored = scope.constant(node, i);
        Scope.require(node, stored.isFloat() && stored.floats().length == 1, "must have stored bounds");
        return stored.floats()[0];
    }
}
