package dev.funnel.inference.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Splits products over joined inputs by what the inputs depend on: {@code [u i c] W + b = (u Wu + b) + i Wi + c Wc}, where the rows of W
 * are those of the parts. The sums are the same up to rounding; what depends on the item alone, or on the request alone, can then be
 * computed apart.
 */
final class LinearSplit {
    private final OnnxFile file;
    private final GraphValues values;
    private final GraphProto.Builder graph;
    private final Map<String, OnnxNode> madeBy = new HashMap<>();
    private final Set<String> names = new HashSet<>();

    private LinearSplit(OnnxFile file, GraphValues values) {
        this.file = file;
        this.values = values;
        this.graph = file.model().getGraph().toBuilder().clearNode();
        file.nodes().forEach(node -> madeBy.put(node.output(), node));
        names.addAll(file.constants().keySet());
        file.inputs().forEach(input -> names.add(input.name()));
        file.nodes().forEach(node -> names.addAll(node.outputs()));
    }

    /** The graph with every such product split. */
    static OnnxFile of(OnnxFile file, Map<String, Origin> inputs) throws DamagedModelException {
        LinearSplit split = new LinearSplit(file, GraphValues.of(file, inputs));
        for (OnnxNode node : file.nodes()) {
            Optional<Product> product = split.product(node);
            if (product.isPresent()) {
                split.add(product.get());
            } else {
                split.graph.addNode(node.proto());
            }
        }
        split.dropUnused();
        return OnnxFile.of(file.model().toBuilder().setGraph(split.graph).build());
    }

    /** Drops nodes that no output needs any more: the joins of what is no longer joined. */
    private void dropUnused() {
        Set<String> needed = new HashSet<>();
        graph.getOutputList().forEach(output -> needed.add(output.getName()));
        List<NodeProto> kept = new ArrayList<>();
        for (NodeProto node : graph.getNodeList().reversed()) {
            if (node.getOutputList().stream().anyMatch(needed::contains)) {
                needed.addAll(node.getInputList());
                kept.add(node);
            }
        }
        graph.clearNode().addAllNode(kept.reversed());
    }

    /** A product over parts that depend on different things; {@code weights} are row-major [sum of widths, outputs]. */
    private record Product(OnnxNode node, List<String> parts, float[] weights, int outputs, Optional<String> bias) {
        String output() {
            return node.output();
        }
    }

    private Optional<Product> product(OnnxNode node) {
        boolean gemm = node.operator().equals("Gemm");
        if (!gemm && !node.operator().equals("MatMul") || values.width(node.output()) == GraphValues.UNKNOWN) {
            return Optional.empty();
        }
        boolean plain = node.integer("transA", 0) == 0 && node.number("alpha", 1) == 1 && node.number("beta", 1) == 1;
        OnnxTensor matrix = file.constants().get(node.inputs().get(1));
        List<String> parts = parts(node.inputs().getFirst());
        boolean mixed = parts.stream().map(values::origin).distinct().count() > 1;
        boolean dependent = parts.stream().noneMatch(part -> values.origin(part) == Origin.NOTHING);
        Origin ofBias = gemm ? node.input(2).map(values::origin).orElse(Origin.NOTHING) : Origin.NOTHING;
        boolean shared = ofBias == Origin.NOTHING || ofBias == Origin.REQUEST;
        if (!plain || !mixed || !dependent || !shared || matrix == null || !matrix.isFloat()) {
            return Optional.empty();
        }
        int outputs = values.width(node.output());
        float[] weights = node.integer("transB", 0) == 0 ? matrix.floats() : transposed(matrix.floats(), outputs);
        return Optional.of(new Product(node, parts, weights, outputs, gemm ? node.input(2) : Optional.empty()));
    }

    /** What a value is joined of, side by side; the value itself if it is not. */
    private List<String> parts(String name) {
        OnnxNode made = madeBy.get(name);
        if (made == null || !made.operator().equals("Concat") || !GraphValues.joinsColumns(made)) {
            return List.of(name);
        }
        return made.inputs().stream().flatMap(input -> parts(input).stream()).toList();
    }

    private static float[] transposed(float[] values, int rows) {
        int columns = values.length / rows;
        float[] result = new float[values.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                result[column * rows + row] = values[row * columns + column];
            }
        }
        return result;
    }

    private void add(Product product) {
        Map<Origin, Group> groups = new EnumMap<>(Origin.class);
        int from = 0;
        for (String part : product.parts()) {
            int to = from + values.width(part) * product.outputs();
            float[] rows = Arrays.copyOfRange(product.weights(), from, to);
            groups.merge(values.origin(part), new Group(List.of(part), rows), Group::and);
            from = to;
        }
        Group ofItem = groups.remove(Origin.ITEM);
        Optional<String> sum = product.bias();
        for (Map.Entry<Origin, Group> group : groups.entrySet()) {
            boolean last = ofItem == null && group.getKey() == Origin.CANDIDATE;
            sum = Optional.of(
                    multiply(product, group.getValue(), sum, last ? product.output() : named(product, group.getKey())));
        }
        if (ofItem != null) {
            String share = multiply(product, ofItem, Optional.empty(), named(product, Origin.ITEM));
            node("Add", product.output(), share, sum.orElseThrow());
        }
    }

    private String named(Product product, Origin origin) {
        return fresh(product.output() + "_of_" + origin.name().toLowerCase(Locale.ROOT));
    }

    /** Parts of one origin, and the rows of the weights that they are multiplied with. */
    private record Group(List<String> parts, float[] rows) {
        Group and(Group other) {
            return new Group(Stream.concat(parts.stream(), other.parts.stream()).toList(), joined(rows, other.rows));
        }
    }

    private static float[] joined(float[] a, float[] b) {
        float[] joined = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, joined, a.length, b.length);
        return joined;
    }

    private String multiply(Product product, Group group, Optional<String> bias, String output) {
        String in = group.parts().getFirst();
        float[] rows = group.rows();
        int outputs = product.outputs();
        if (group.parts().size() > 1) {
            in = fresh(output + "_in");
            graph.addNode(NodeProto.newBuilder()
                    .setOpType("Concat")
                    .addAllInput(group.parts())
                    .addOutput(in)
                    .addAttribute(AttributeProto.newBuilder()
                            .setName("axis")
                            .setType(AttributeProto.AttributeType.INT)
                            .setI(1)));
        }
        String matrix = fresh(output + "_weights");
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(matrix)
                .setDataType(TensorProto.DataType.FLOAT.getNumber())
                .addDims(rows.length / outputs)
                .addDims(outputs);
        for (float value : rows) {
            tensor.addFloatData(value);
        }
        graph.addInitializer(tensor);
        if (bias.isPresent()) {
            node("Gemm", output, in, matrix, bias.get());
        } else {
            node("MatMul", output, in, matrix);
        }
        return output;
    }

    private void node(String operator, String output, String... inputs) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType(operator)
                .addAllInput(List.of(inputs))
                .addOutput(output));
    }

    private String fresh(String wanted) {
        String name = wanted;
        for (int i = 1; !names.add(name); i++) {
            name = wanted + i;
        }
        return name;
    }
}
