package dev.funnel.trainer.learn.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A small graph for each operation, over the same three inputs, each ending in one column. */
final class Forms {
    static final InputBlock USER = new InputBlock("user", 6, Side.REQUEST, true);
    static final InputBlock ITEM = new InputBlock("item", 6, Side.ITEM, true);
    static final InputBlock PAIR = new InputBlock("pair", 4, Side.CANDIDATE, false);

    /** A graph and its last node, [rows, 1]. */
    record Form(Graph graph, Node user, Node item, Node pair, Node logit) {}

    /** The inputs of a graph being built. */
    private record Built(Graph graph, Node user, Node item, Node pair) {}

    private Forms() {}

    static Map<String, Form> all(long seed) {
        Map<String, Function<Built, Node>> forms = new LinkedHashMap<>();
        forms.put("dense", b -> b.graph.dense(List.of(b.user, b.item, b.pair), 1, 0.3f));
        forms.put("dense of the item", b -> b.graph.dense(List.of(b.item), 1));
        forms.put("relu", b -> end(b, b.graph.relu(b.graph.dense(List.of(b.item, b.pair), 17))));
        forms.put("wide layers", b -> end(b, b.graph.relu(b.graph.dense(List.of(b.user, b.item), 70))));
        forms.put("columns", b -> end(b, b.graph.columns(b.user, 1, 3), b.graph.columns(b.item, 4, 2)));
        forms.put("concat", b -> end(b, b.graph.concat(List.of(b.user, b.pair, b.item))));
        forms.put("sum", b -> end(b, b.graph.sum(List.of(b.user, b.item))));
        forms.put("product", b -> end(b, b.graph.times(b.user, b.item)));
        forms.put("square", b -> end(b, b.graph.times(b.item, b.item)));
        forms.put("sum of fields", b -> end(b, b.graph.fieldSum(List.of(b.user, b.pair, b.item), 2)));
        forms.put("sum of columns", b -> b.graph.fieldSum(List.of(b.user, b.item), 1));
        forms.put("bias", b -> b.graph.bias(b.graph.fieldSum(List.of(b.item), 1), 0.2f));
        forms.put("bi-interaction", b -> end(b, b.graph.biInteraction(List.of(b.user, b.pair, b.item), 2)));
        forms.put("compressed interaction", Forms::interaction);
        forms.put("dropout", b -> end(b, b.graph.dropout(b.graph.dense(List.of(b.item, b.user), 9), 0.4f)));
        forms.put("two ways to one input", b -> b.graph.sum(List.of(end(b, b.item), end(b, b.item, b.user))));
        Map<String, Form> built = new LinkedHashMap<>();
        forms.forEach((name, form) -> built.put(name, build(form, seed)));
        return built;
    }

    private static Form build(Function<Built, Node> form, long seed) {
        Graph graph = new Graph(seed);
        Built built = new Built(graph, graph.input(USER), graph.input(ITEM), graph.input(PAIR));
        return new Form(graph, built.user, built.item, built.pair, form.apply(built));
    }

    private static Node interaction(Built b) {
        Node fields = b.graph.concat(List.of(b.user, b.item));
        Node first = b.graph.compressedInteraction(fields, fields, 2, 5);
        Node second = b.graph.compressedInteraction(first, fields, 2, 3);
        return end(b, b.graph.fieldSum(List.of(first), 5), b.graph.fieldSum(List.of(second), 3));
    }

    private static Node end(Built built, Node... values) {
        return built.graph.dense(List.of(values), 1);
    }
}
