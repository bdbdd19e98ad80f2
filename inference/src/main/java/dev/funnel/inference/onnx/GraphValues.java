package dev.funnel.inference.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is known of every value of a graph: what it depends on, and, where it is a matrix [N, width], how wide it is. */
final class GraphValues {
    /** Width of what is no matrix, or one whose width is not known. */
    static final int UNKNOWN = -1;

    private static final Set<String> SAME_WIDTH = Set.of(
            "Relu",
            "Sigmoid",
            "Tanh",
            "Exp",
            "Log",
            "Softplus",
            "LeakyRelu",
            "Elu",
            "Selu",
            "Gelu",
            "Neg",
            "Abs",
            "Sqrt",
            "Identity",
            "Dropout",
            "Clip");
    private static final Set<String> BROADCASTING = Set.of("Add", "Sub", "Mul", "Div");

    private final Map<String, Origin> origins = new HashMap<>();
    private final Map<String, Integer> widths = new HashMap<>();
    private final Map<String, OnnxTensor> constants;

    private GraphValues(Map<String, OnnxTensor> constants) {
        this.constants = constants;
    }

    /** @param inputs origin of each input of the graph */
    static GraphValues of(OnnxFile file, Map<String, Origin> inputs) {
        GraphValues values = new GraphValues(file.constants());
        file.constants().keySet().forEach(name -> values.origins.put(name, Origin.NOTHING));
        for (OnnxPort input : file.inputs()) {
            values.origins.put(input.name(), inputs.getOrDefault(input.name(), Origin.CANDIDATE));
            values.widths.put(input.name(), input.shape().length == 2 ? (int) input.shape()[1] : UNKNOWN);
        }
        file.nodes().forEach(values::add);
        return values;
    }

    private void add(OnnxNode node) {
        Origin origin = Origin.NOTHING;
        for (String input : node.inputs()) {
            origin = origin.and(origin(input));
        }
        for (String output : node.outputs()) {
            origins.put(output, origin);
        }
        widths.put(node.output(), width(node));
    }

    private int width(OnnxNode node) {
        String operator = node.operator();
        if (SAME_WIDTH.contains(operator)) {
            return width(node.inputs().getFirst());
        }
        return switch (operator) {
            case "Gemm", "MatMul" -> productWidth(node);
            case "Concat" -> joinedWidth(node);
            default -> BROADCASTING.contains(operator) ? pairWidth(node.inputs()) : UNKNOWN;
        };
    }

    private int productWidth(OnnxNode node) {
        OnnxTensor matrix = constants.get(node.inputs().get(1));
        if (matrix == null || matrix.shape().length != 2 || width(node.inputs().getFirst()) == UNKNOWN) {
            return UNKNOWN;
        }
        return matrix.shape()[node.integer("transB", 0) == 0 ? 1 : 0];
    }

    private int joinedWidth(OnnxNode node) {
        int sum = 0;
        for (String part : node.inputs()) {
            if (width(part) == UNKNOWN || !joinsColumns(node)) {
                return UNKNOWN;
            }
            sum += width(part);
        }
        return sum;
    }

    /** Of two matrices: the wider one's; of a matrix and a stored tensor: the matrix's, if the tensor is no wider. */
    private int pairWidth(List<String> inputs) {
        int a = widthBeside(inputs.get(0));
        int b = widthBeside(inputs.get(1));
        boolean fit = a == b || a == 1 || b == 1;
        return a == UNKNOWN || b == UNKNOWN || !fit ? UNKNOWN : Math.max(a, b);
    }

    private int widthBeside(String name) {
        OnnxTensor stored = constants.get(name);
        if (stored == null) {
            return width(name);
        }
        int rank = stored.shape().length;
        boolean oneRow = rank <= 1 || rank == 2 && stored.shape()[0] == 1;
        return !oneRow ? UNKNOWN : rank == 0 ? 1 : stored.shape()[rank - 1];
    }

    /** Whether a Concat joins matrices side by side, given that matrices are what it joins. */
    static boolean joinsColumns(OnnxNode concat) {
        long axis = concat.integer("axis", 0);
        return axis == 1 || axis == -1;
    }

    /** What a value depends on. */
    Origin origin(String name) {
        return origins.getOrDefault(name, Origin.NOTHING);
    }

    /** Width of a matrix [N, width]; {@link #UNKNOWN} if it is none. */
    int width(String name) {
        return widths.getOrDefault(name, UNKNOWN);
    }
}
