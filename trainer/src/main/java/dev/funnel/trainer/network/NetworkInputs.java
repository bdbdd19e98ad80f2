package dev.funnel.trainer.network;

import dev.funnel.bundle.schema.BagFeature;
import dev.funnel.bundle.schema.Block;
import dev.funnel.bundle.schema.CategoryFeature;
import dev.funnel.bundle.schema.CrossFeature;
import dev.funnel.bundle.schema.EmbeddingFeature;
import dev.funnel.bundle.schema.Feature;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.schema.IndexFeature;
import dev.funnel.bundle.schema.NumberFeature;
import dev.funnel.bundle.schema.Source;
import dev.funnel.trainer.learn.graph.Graph;
import dev.funnel.trainer.learn.graph.InputBlock;
import dev.funnel.trainer.learn.graph.Node;
import dev.funnel.trainer.learn.graph.Side;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The inputs of a network by the role of their columns. Columns of one role that stand side by side in a block are one matrix.
 */
public final class NetworkInputs {

    /** What columns are to a network. */
    private enum Role {
        /** Rows of a table wider than 1: a field. */
        FIELD,
        /** A row of a table of width 1: a weight of its own for each value. */
        LINEAR,
        /** Numbers, and vectors that are given. */
        NUMBER
    }

    private final Graph graph;
    private final List<Node> blocks = new ArrayList<>();
    private final Map<Role, List<Node>> byRole = new EnumMap<>(Role.class);
    private final List<Integer> fieldWidths = new ArrayList<>();

    private NetworkInputs(Graph graph) {
        this.graph = graph;
        for (Role role : Role.values()) {
            byRole.put(role, new ArrayList<>());
        }
    }

    /**
     * Adds the blocks of a schema to a graph, in order.
     *
     * @param learnt names of the tables that are learnt with the network; the gradients of their columns can be read
     */
    public static NetworkInputs of(Graph graph, FeatureSchema schema, Set<String> learnt) {
        NetworkInputs inputs = new NetworkInputs(graph);
        schema.blocks().forEach(block -> inputs.add(schema, block, learnt));
        return inputs;
    }

    private void add(FeatureSchema schema, Block block, Set<String> learnt) {
        boolean learns = block.features().stream().map(NetworkInputs::table).anyMatch(learnt::contains);
        Node node = graph.input(new InputBlock(block.name(), schema.width(block), side(block.source()), learns));
        blocks.add(node);
        int from = 0;
        int at = 0;
        Role before = null;
        for (Feature feature : block.features()) {
            Role role = role(schema, feature);
            if (before != null && before != role) {
                byRole(before).add(graph.columns(node, from, at - from));
                from = at;
            }
            at += schema.width(feature);
            before = role;
        }
        if (before != null) {
            byRole(before).add(graph.columns(node, from, at - from));
        }
    }

    private Role role(FeatureSchema schema, Feature feature) {
        if (table(feature).isEmpty()) {
            return Role.NUMBER;
        }
        if (schema.width(feature) == 1) {
            return Role.LINEAR;
        }
        fieldWidths.add(schema.width(feature));
        return Role.FIELD;
    }

    /** The table a feature looks rows up in; empty if none that could be learnt. */
    private static String table(Feature feature) {
        return switch (feature) {
            case CategoryFeature category -> category.table();
            case BagFeature bag -> bag.table();
            case CrossFeature cross -> cross.table();
            case NumberFeature number -> "";
            case EmbeddingFeature given -> "";
            case IndexFeature index ->
                throw new IllegalArgumentException(
                        "feature \"" + index.name() + "\" is for networks that bring their own tables");
        };
    }

    private static Side side(Source source) {
        return switch (source) {
            case USER, CONTEXT -> Side.REQUEST;
            case ITEM -> Side.ITEM;
            case PAIR, CANDIDATE -> Side.CANDIDATE;
        };
    }

    private List<Node> byRole(Role role) {
        List<Node> nodes = byRole.get(role);
        if (nodes == null) {
            throw new IllegalStateException("no list for " + role);
        }
        return nodes;
    }

    /** The blocks, whole, in schema order. */
    public List<Node> blocks() {
        return List.copyOf(blocks);
    }

    /** The width of a field; throws {@link IllegalArgumentException} if fields are not equally wide or there are none. */
    public int fieldWidth() {
        List<Integer> widths = fieldWidths.stream().distinct().sorted().toList();
        if (widths.size() != 1) {
            throw new IllegalArgumentException(
                    "this network needs lookups that are equally wide, 2 or more; they are " + widths + " wide");
        }
        return widths.getFirst();
    }

    /** The fields: rows of tables wider than 1. */
    public List<Node> fields() {
        return List.copyOf(byRole(Role.FIELD));
    }

    /** The fields of one side. */
    public List<Node> fields(Side side) {
        return byRole(Role.FIELD).stream().filter(node -> node.side() == side).toList();
    }

    /** Rows of tables of width 1: the weights of a linear model over categories. */
    public List<Node> linear() {
        return List.copyOf(byRole(Role.LINEAR));
    }

    /** Numbers, and vectors that are given. */
    public List<Node> numbers() {
        return List.copyOf(byRole(Role.NUMBER));
    }

    /** What a dense tower reads: everything but the linear part; the blocks whole where there is none. */
    public List<Node> dense() {
        if (byRole(Role.LINEAR).isEmpty()) {
            return blocks();
        }
        List<Node> dense = new ArrayList<>(byRole(Role.FIELD));
        dense.addAll(byRole(Role.NUMBER));
        return dense;
    }
}
