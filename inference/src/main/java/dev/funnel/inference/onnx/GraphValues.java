package dev.funnel.inference.onnx;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of every value of a graph: what it depends on, and, where it has a row for each of N, the shape of a row: [width] of a
 * matrix [N, width].
 */
final class GraphValues {
    /** Width of what is no matrix, or one whose width is not known. */
    static final int UNKNOWN = -1;

    private static final Set<String> SAME_SHAPE = Set.of(
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
    private final Map<String, int[]> rows = new HashMap<>();
    private final Map<String, OnnxTensor> constants;

    private GraphValues(Map<String, OnnxTensor> constants) {
        this.constants = constants;
    }

    /** @param inputs origin of each input of the graph */
    static GraphValues of(OnnxFile file, Map<String, Origin> inputs) {
        return of(file, inputs, Set.of());
    }

    /** The same where what makes some values is taken to depend on the candidate, whatever it is made of. */
    static GraphValues of(OnnxFile file, Map<String, Origin> inputs, Set<String> ofCandidate) {
        GraphValues values = new GraphValues(file.constants());
        file.constants().keySet().forEach(name -> values.origins.put(name, Origin.NOTHING));
        for (OnnxPort input : file.inputs()) {
            values.origins.put(input.name(), inputs.getOrDefault(input.name(), Origin.CANDIDATE));
            if (input.shape().length == 2) {
                values.rows.put(input.name(), new int[] {(int) input.shape()[1]});
            }
        }
        file.nodes().forEach(node -> values.add(node, ofCandidate));
        return values;
    }

    private void add(OnnxNode node, Set<String> ofCandidate) {
        Origin origin = Origin.NOTHING;
        for (String input : node.inputs()) {
            origin = origin.and(origin(input));
        }
        boolean asOfCandidate = node.outputs().stream().anyMatch(ofCandidate::contains);
        for (String output : made(node)) {
            origins.put(output, asOfCandidate ? Origin.CANDIDATE : origin);
        }
        int[] row = row(node);
        if (row != null) {
            rows.put(node.output(), row);
        }
    }

    /** The outputs of a node that it makes: one that nobody wants has no name. */
    private static List<String> made(OnnxNode node) {
        return node.outputs().stream().filter(output -> !output.isEmpty()).toList();
    }

    /** What the outputs of a node depend on, all on the same. */
    Origin origin(OnnxNode node) {
        return made(node).stream().findFirst().map(this::origin).orElse(Origin.NOTHING);
    }

    /** The shape of a row; null if it is not known. */
    private int @Nullable [] row(OnnxNode node) {
        String operator = node.operator();
        if (SAME_SHAPE.contains(operator)) {
            return rows.get(node.inputs().getFirst());
        }
        int width = switch (operator) {
            case "Gemm", "MatMul" -> productWidth(node);
            case "Concat" -> joinedWidth(node);
            default -> BROADCASTING.contains(operator) ? pairWidth(node.inputs()) : UNKNOWN;
        };
        if (width != UNKNOWN) {
            return new int[] {width};
        }
        int[] row = node.inputs().isEmpty() ? null : rows.get(node.inputs().getFirst());
        if (row == null) {
            return null;
        }
        return switch (operator) {
            case "Slice" -> slicedRow(node, row);
            case "Reshape" -> reshapedRow(node, row);
            case "ReduceSum", "ReduceMean" -> foldedRow(node, row);
            default -> null;
        };
    }

    /** Of some columns of a matrix. */
    private int @Nullable [] slicedRow(OnnxNode node, int[] row) {
        long[] first = longs(node, 1);
        long[] end = longs(node, 2);
        long[] axis = longs(node, 3);
        long[] step = longs(node, 4);
        boolean columns = row.length == 1 && axis.length == 1 && (axis[0] == 1 || axis[0] == -1);
        boolean plain = first.length == 1 && end.length == 1 && (step.length == 0 || step.length == 1 && step[0] == 1);
        if (!columns || !plain || first[0] < 0 || end[0] <= first[0] || end[0] > row[0]) {
            return null;
        }
        return new int[] {(int) (end[0] - first[0])};
    }

    /** Of the same numbers in each row. */
    private int @Nullable [] reshapedRow(OnnxNode node, int[] row) {
        long[] shape = longs(node, 1);
        if (shape.length < 2 || shape[0] > 0 || node.integer("allowzero", 0) != 0) {
            return null;
        }
        long[] ofRow = Arrays.copyOfRange(shape, 1, shape.length);
        boolean stated = Arrays.stream(ofRow).allMatch(length -> length > 0);
        return stated
                        && product(ofRow)
                                == product(Arrays.stream(row).asLongStream().toArray())
                ? Arrays.stream(ofRow).mapToInt(length -> (int) length).toArray()
                : null;
    }

    private static long product(long[] lengths) {
        return Arrays.stream(lengths).reduce(1, (a, b) -> a * b);
    }

    /** Without the one dimension that is summed. */
    private int @Nullable [] foldedRow(OnnxNode node, int[] row) {
        long[] axes = longs(node, 1);
        if (axes.length != 1 || axes[0] < 1 || axes[0] > row.length) {
            return null;
        }
        int axis = (int) axes[0] - 1;
        if (node.integer("keepdims", 1) != 0) {
            int[] kept = row.clone();
            kept[axis] = 1;
            return kept;
        }
        return row.length == 1
                ? null // a number a row: no matrix
                : IntStream.range(0, row.length)
                        .filter(i -> i != axis)
                        .map(i -> row[i])
                        .toArray();
    }

    /** The integers of an input that is stored; none if it is absent or computed. */
    private long[] longs(OnnxNode node, int input) {
        return node.input(input).map(constants::get).map(OnnxTensor::longs).orElseGet(() -> new long[0]);
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
        int[] row = rows.get(name);
        return row == null || row.length != 1 ? UNKNOWN : row[0];
    }
}
