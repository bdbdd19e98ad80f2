package dev.funnel.trainer.learn.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A network: matrices whose rows are examples, each an input or an operation on earlier ones. Built once, by one thread; weights
 * begin at random, drawn in the order in which operations are added.
 */
public final class Graph {

    /** One node: what it does, and with what. */
    record Step(Node node, Operation operation, List<Node> inputs) {}

    private final SplittableRandom random;
    private final List<Step> steps = new ArrayList<>();
    private final List<Node> blocks = new ArrayList<>();

    /** An empty graph. */
    public Graph(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Adds an input; its rows are filled from outside. */
    public Node input(InputBlock block) {
        Node node = add(block, block.width(), block.side(), List.of());
        blocks.add(node);
        return node;
    }

    /** Columns {@code first} to {@code first + width} of a matrix; all of them: itself. */
    public Node columns(Node of, int first, int width) {
        require(first >= 0 && width > 0 && first + width <= of.width(), "columns", first + " + " + width, of.width());
        return width == of.width() ? of : add(new Columns(first, width), width, of.side(), List.of(of));
    }

    /** Several side by side; one: itself. */
    public Node concat(List<Node> parts) {
        int width = parts.stream().mapToInt(Node::width).sum();
        return parts.size() == 1 ? parts.getFirst() : add(new Concatenation(), width, side(parts), parts);
    }

    /** A fully connected layer over all columns of the inputs, without concatenating them. */
    public Node dense(List<Node> inputs, int width) {
        return dense(inputs, width, 0);
    }

    /** A fully connected layer whose biases begin at {@code bias}. */
    public Node dense(List<Node> inputs, int width, float bias) {
        return add(Dense.random(inputs, width, bias, random), width, side(inputs), inputs);
    }

    /** A learnt number added to each column. */
    public Node bias(Node of, float value) {
        return add(Bias.constant(of.width(), value), of.width(), of.side(), List.of(of));
    }

    /** max(0, x). */
    public Node relu(Node of) {
        return add(new Rectifier(), of.width(), of.side(), List.of(of));
    }

    /** In training a random share of the values is 0. */
    public Node dropout(Node of, float share) {
        return share == 0 ? of : add(new Dropout(share, random.nextLong()), of.width(), of.side(), List.of(of));
    }

    /** The sum of equally wide matrices; of one: itself. */
    public Node sum(List<Node> parts) {
        parts.forEach(part -> require(
                part.width() == parts.getFirst().width(),
                "sum",
                part.width(),
                parts.getFirst().width()));
        return parts.size() == 1
                ? parts.getFirst()
                : add(new Sum(), parts.getFirst().width(), side(parts), parts);
    }

    /** The element-wise product of two equally wide matrices. */
    public Node times(Node a, Node b) {
        require(a.width() == b.width(), "times", a.width(), b.width());
        return add(new Product(), a.width(), a.side().with(b.side()), List.of(a, b));
    }

    /** The sum of fields of this width, of which each matrix holds one or more: [rows, width]. */
    public Node fieldSum(List<Node> fields, int width) {
        requireFields(fields, width);
        return add(new FieldSum(width), width, side(fields), fields);
    }

    /** The sum of the element-wise products of all pairs of fields of this width: [rows, width] (He and Chua 2017). */
    public Node biInteraction(List<Node> fields, int width) {
        requireFields(fields, width);
        return add(new BiInteraction(width), width, side(fields), fields);
    }

    /**
     * A layer of the compressed interaction network (Lian et al. 2018).
     *
     * @param before the layer before, [rows, width x its maps]; the fields themselves for the first layer
     * @param fields [rows, fields x width]
     * @return [rows, width x maps]
     */
    public Node compressedInteraction(Node before, Node fields, int width, int maps) {
        requireFields(List.of(before, fields), width);
        var layer = CompressedInteraction.random(
                width, fields.width() / width, before.width() / width, before.equals(fields), maps, random);
        return add(layer, width * maps, before.side().with(fields.side()), List.of(before, fields));
    }

    /** The inputs, in the order in which they were added. */
    public List<Node> inputs() {
        return List.copyOf(blocks);
    }

    /** What an input is. */
    public InputBlock block(Node input) {
        if (steps.get(input.index()).operation() instanceof InputBlock block) {
            return block;
        }
        throw new IllegalArgumentException("node " + input.index() + " is no input");
    }

    /** A copy of all weights, in an order that stays. */
    public List<float[]> weights() {
        return parameters().stream()
                .map(parameter -> parameter.values().clone())
                .toList();
    }

    /** Sets all weights to those of a copy. */
    public void restore(List<float[]> weights) {
        List<Parameter> parameters = parameters();
        require(weights.size() == parameters.size(), "weights", weights.size(), parameters.size());
        for (int i = 0; i < parameters.size(); i++) {
            parameters.get(i).restore(weights.get(i));
        }
    }

    List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>();
        for (Step step : steps) {
            if (step.operation() instanceof Operation.Learning learning) {
                all.addAll(learning.parameters());
            }
        }
        return all;
    }

    List<Step> steps() {
        return steps;
    }

    /** Per node, whether its gradient is needed: it has weights, or something before it learns. */
    boolean[] learns() {
        boolean[] learns = new boolean[steps.size()];
        for (Step step : steps) {
            boolean any = step.operation() instanceof Operation.Learning
                    || step.operation() instanceof InputBlock block && block.learns();
            for (Node input : step.inputs()) {
                any |= learns[input.index()];
            }
            learns[step.node().index()] = any;
        }
        return learns;
    }

    private Node add(Operation operation, int width, Side side, List<Node> inputs) {
        Node node = new Node(steps.size(), width, side);
        steps.add(new Step(node, operation, List.copyOf(inputs)));
        return node;
    }

    private static Side side(List<Node> nodes) {
        return nodes.stream().map(Node::side).reduce(Side::with).orElseThrow();
    }

    private static void requireFields(List<Node> fields, int width) {
        fields.forEach(field -> require(field.width() % width == 0, "fields of " + width, field.width(), width));
    }

    private static void require(boolean holds, String what, Object found, Object wanted) {
        if (!holds) {
            throw new IllegalArgumentException("%s: %s does not fit %s".formatted(what, found, wanted));
        }
    }
}
