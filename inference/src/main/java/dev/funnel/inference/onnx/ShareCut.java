package dev.funnel.inference.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Cuts from a graph what depends on one origin alone, so that it can be computed apart and given as an input: an item's share, the
 * same in every request, or a request's share, the same for every candidate.
 *
 * @param shares the graph that makes the shares, of the inputs with that origin
 * @param rest the graph that takes the shares in their stead; its other inputs are as they were
 * @param widths width of each share, by the name it has as output of the one and input of the other
 */
public record ShareCut(OnnxFile shares, OnnxFile rest, Map<String, Integer> widths) {
    private static final int MOST_ROUNDS = 1_000;
    private static final Set<String> BROADCASTING = Set.of("Add", "Sub", "Mul", "Div");

    /** Splits products over joined inputs so that shares appear; see {@link LinearSplit}. */
    public static OnnxFile split(OnnxFile file, Map<String, Origin> inputs) throws DamagedModelException {
        return LinearSplit.of(file, inputs);
    }

    /**
     * Cuts a graph.
     *
     * @param inputs origin of each input
     * @param origin {@link Origin#ITEM} or {@link Origin#REQUEST}
     * @param prefix of the shares' names
     * @return empty if no matrix or an output is computed of that origin alone, or if one is used in a way that wants a row a candidate of
     *     what has one row
     */
    public static Optional<ShareCut> of(OnnxFile file, Map<String, Origin> inputs, Origin origin, String prefix)
            throws DamagedModelException {
        GraphValues values = GraphValues.of(file, inputs);
        Stream<Origin> ofOutputs = file.outputs().stream().map(OnnxPort::name).map(values::origin);
        if (file.nodes().stream().anyMatch(OnnxNode::hasSubgraph) || ofOutputs.anyMatch(origin::equals)) {
            return Optional.empty();
        }
        Set<String> border = border(file, values, origin);
        Set<String> noMatrices = new HashSet<>(); // and so computed with the rest
        for (int round = 0; noMatrices.addAll(withoutWidth(border, values)); round++) {
            if (round == MOST_ROUNDS) {
                return Optional.empty();
            }
            values = GraphValues.of(file, inputs, noMatrices);
            border = border(file, values, origin);
        }
        Set<String> computed = new HashSet<>(border);
        file.inputs().forEach(input -> computed.remove(input.name()));
        if (computed.isEmpty()
                || !withoutWidth(border, values).isEmpty()
                || origin == Origin.REQUEST && !broadcast(file, values, border)) {
            return Optional.empty();
        }
        return Optional.of(cut(file, values, origin, names(file, border, prefix)));
    }

    private static List<String> withoutWidth(Set<String> border, GraphValues values) {
        return border.stream().filter(value -> values.width(value) <= 0).toList();
    }

    /** A name for each share. */
    private static Map<String, String> names(OnnxFile file, Set<String> border, String prefix) {
        Map<String, String> names = new LinkedHashMap<>();
        Set<String> taken = taken(file);
        for (String value : border) {
            String name = prefix;
            for (int i = 1; !taken.add(name); i++) {
                name = prefix + "_" + i;
            }
            names.put(value, name);
        }
        return names;
    }

    private static ShareCut cut(OnnxFile file, GraphValues values, Origin origin, Map<String, String> names)
            throws DamagedModelException {
        Map<String, Integer> widths = new LinkedHashMap<>();
        names.forEach((value, name) -> widths.put(name, values.width(value)));
        return new ShareCut(shares(file, values, origin, names), rest(file, values, origin, names), widths);
    }

    private static Set<String> taken(OnnxFile file) {
        Set<String> names = new HashSet<>(file.constants().keySet());
        file.inputs().forEach(input -> names.add(input.name()));
        file.nodes().forEach(node -> names.addAll(node.outputs()));
        return names;
    }

    /** Values of the origin that something else uses. */
    private static Set<String> border(OnnxFile file, GraphValues values, Origin origin) {
        Set<String> border = new LinkedHashSet<>();
        for (OnnxNode node : file.nodes()) {
            if (values.origin(node) != origin) {
                node.inputs().stream()
                        .filter(input -> values.origin(input) == origin)
                        .forEach(border::add);
            }
        }
        return border;
    }

    /** Whether one row does where the file has a row a candidate: in sums and products with a matrix, or as a bias. */
    private static boolean broadcast(OnnxFile file, GraphValues values, Set<String> border) {
        boolean fits = true;
        for (OnnxNode node : file.nodes()) {
            if (values.origin(node) == Origin.REQUEST) {
                continue;
            }
            for (int i = 0; i < node.inputs().size(); i++) {
                if (border.contains(node.inputs().get(i))) {
                    boolean bias = node.operator().equals("Gemm") && i == 2;
                    boolean pair = BROADCASTING.contains(node.operator())
                            && values.width(node.inputs().get(1 - i))
                                    == values.width(node.inputs().get(i));
                    fits &= bias || pair;
                }
            }
        }
        return fits;
    }

    private static OnnxFile shares(OnnxFile file, GraphValues values, Origin origin, Map<String, String> names)
            throws DamagedModelException {
        GraphProto.Builder graph =
                file.model().getGraph().toBuilder().clearNode().clearInput().clearOutput();
        Set<String> used = new HashSet<>();
        for (OnnxNode node : file.nodes()) {
            if (values.origin(node) == origin || values.origin(node) == Origin.NOTHING) {
                graph.addNode(node.proto());
                used.addAll(node.inputs());
            }
        }
        for (ValueInfoProto input : file.model().getGraph().getInputList()) {
            if (values.origin(input.getName()) == origin) {
                graph.addInput(origin == Origin.REQUEST ? withOneRow(input) : input);
            }
        }
        names.forEach((value, name) -> {
            graph.addNode(
                    NodeProto.newBuilder().setOpType("Identity").addInput(value).addOutput(name));
            graph.addOutput(matrix(name, origin, values.width(value)));
        });
        return build(file, graph, used);
    }

    private static OnnxFile rest(OnnxFile file, GraphValues values, Origin origin, Map<String, String> names)
            throws DamagedModelException {
        GraphProto.Builder graph =
                file.model().getGraph().toBuilder().clearNode().clearInput();
        Set<String> used = new HashSet<>();
        for (OnnxNode node : file.nodes()) {
            if (values.origin(node) != origin) {
                List<String> inputs = new ArrayList<>();
                node.inputs().forEach(input -> inputs.add(names.getOrDefault(input, input)));
                graph.addNode(node.proto().toBuilder().clearInput().addAllInput(inputs));
                used.addAll(inputs);
            }
        }
        for (ValueInfoProto input : file.model().getGraph().getInputList()) {
            if (values.origin(input.getName()) != origin) {
                graph.addInput(input);
            }
        }
        names.forEach((value, name) -> graph.addInput(matrix(name, origin, values.width(value))));
        return build(file, graph, used);
    }

    private static OnnxFile build(OnnxFile file, GraphProto.Builder graph, Set<String> used)
            throws DamagedModelException {
        List<TensorProto> kept = graph.getInitializerList().stream()
                .filter(tensor -> used.contains(tensor.getName()))
                .toList();
        graph.clearInitializer().addAllInitializer(kept).clearValueInfo();
        return OnnxFile.of(file.model().toBuilder().setGraph(graph).build());
    }

    private static ValueInfoProto withOneRow(ValueInfoProto input) {
        ValueInfoProto.Builder one = input.toBuilder();
        one.getTypeBuilder()
                .getTensorTypeBuilder()
                .getShapeBuilder()
                .getDimBuilder(0)
                .setDimValue(1);
        return one.build();
    }

    private static ValueInfoProto matrix(String name, Origin origin, int width) {
        TensorShapeProto.Dimension.Builder rows = TensorShapeProto.Dimension.newBuilder();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                                .setShape(TensorShapeProto.newBuilder()
                                        .addDim(origin == Origin.REQUEST ? rows.setDimValue(1) : rows.setDimParam("N"))
                                        .addDim(TensorShapeProto.Dimension.newBuilder()
                                                .setDimValue(width)))))
                .build();
    }
}
