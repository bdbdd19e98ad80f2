package dev.funnel.trainer.learn.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The values and gradients of a graph for batches of at most so many rows. Shards of a batch may be run by several threads at once;
 * the gradients of weights are collected when all shards are through, in pieces that several threads may take.
 */
public final class GraphRun {

    /** Rows of a shard: results do not depend on who runs it. */
    public static final int SHARD_ROWS = 128;

    /** Rows of a weight matrix that are one piece of work. */
    private static final int PIECE_ROWS = 64;

    private final Graph graph;
    private final int capacity;
    private final List<Activation> activations = new ArrayList<>();
    private final List<Piece> pieces = new ArrayList<>();

    /** Some rows of one parameter. */
    private record Piece(Graph.Step step, int parameter, int from, int to) {}

    /** Memory for batches of at most {@code capacity} rows. */
    public GraphRun(Graph graph, int capacity) {
        this.graph = graph;
        this.capacity = capacity;
        boolean[] learns = graph.learns();
        for (Graph.Step step : graph.steps()) {
            Node node = step.node();
            activations.add(Activation.of(capacity, node.width(), learns[node.index()]));
            if (step.operation() instanceof Operation.Learning learning) {
                addPieces(step, learning.parameters());
            }
        }
    }

    private void addPieces(Graph.Step step, List<Parameter> parameters) {
        for (int p = 0; p < parameters.size(); p++) {
            int rows = parameters.get(p).rows();
            for (int from = 0; from < rows; from += PIECE_ROWS) {
                pieces.add(new Piece(step, p, from, Math.min(rows, from + PIECE_ROWS)));
            }
        }
    }

    /** The most rows of a batch. */
    public int capacity() {
        return capacity;
    }

    /** Values of a node, [capacity, width]: its own, not a copy. */
    public float[] values(Node node) {
        return activations.get(node.index()).values();
    }

    /** Gradient of a node, [capacity, width]: its own, not a copy; empty if nothing learns from it. */
    public float[] gradient(Node node) {
        return activations.get(node.index()).gradient();
    }

    /** How many shards a batch has. */
    public static int shards(int rows) {
        return (rows + SHARD_ROWS - 1) / SHARD_ROWS;
    }

    /** Works out all nodes for a shard whose inputs are filled; random operations do nothing. */
    public void forward(int shard, int rows) {
        forward(shard(shard, rows, 0, false));
    }

    /** Works out all nodes for a shard, and sets its gradients to zero. */
    void forwardToLearn(int shard, int rows, long draw) {
        Shard of = shard(shard, rows, draw, true);
        forward(of);
        for (Activation activation : activations) {
            if (activation.wanted()) {
                int width = activation.width();
                Arrays.fill(activation.gradient(), of.from() * width, of.to() * width, 0);
            }
        }
    }

    /** Carries the gradients that were put to some nodes of a shard back to all others. */
    void backward(int shard, int rows, long draw) {
        Shard of = shard(shard, rows, draw, true);
        for (Graph.Step step : graph.steps().reversed()) {
            Activation output = activations.get(step.node().index());
            if (output.wanted()) {
                step.operation().backward(inputs(step), output, of);
            }
        }
    }

    private static Shard shard(int shard, int rows, long draw, boolean training) {
        return new Shard(shard * SHARD_ROWS, Math.min(rows, (shard + 1) * SHARD_ROWS), draw, training);
    }

    private void forward(Shard shard) {
        for (Graph.Step step : graph.steps()) {
            step.operation().forward(inputs(step), activations.get(step.node().index()), shard);
        }
    }

    private List<Activation> inputs(Graph.Step step) {
        return step.inputs().stream()
                .map(input -> activations.get(input.index()))
                .toList();
    }

    /** How many pieces of work moving the weights is. */
    int pieces() {
        return pieces.size();
    }

    /** Before the pieces of a step are moved. */
    void beginStep() {
        graph.parameters().forEach(Parameter::begin);
    }

    /** Collects the gradient of a piece of the weights over all rows; moves it. */
    void move(int piece, int rows, float rate, float decay) {
        Piece of = pieces.get(piece);
        Parameter parameter = collect(of, rows);
        boolean bias = parameter.rows() == 1;
        parameter.move(of.from, of.to, rate, bias ? 0 : decay);
    }

    /** Collects the gradients of all weights without moving any; in the order of {@link Graph#weights}. */
    List<float[]> collect(int rows) {
        pieces.forEach(piece -> collect(piece, rows));
        return graph.parameters().stream()
                .map(parameter -> parameter.gradient().clone())
                .toList();
    }

    private Parameter collect(Piece piece, int rows) {
        if (!(piece.step.operation() instanceof Operation.Learning learning)) {
            throw new IllegalStateException("a piece of something that does not learn");
        }
        Parameter parameter = learning.parameters().get(piece.parameter);
        parameter.clear(piece.from, piece.to);
        Activation output = activations.get(piece.step.node().index());
        learning.collect(piece.parameter, piece.from, piece.to, inputs(piece.step), output, rows);
        return parameter;
    }
}
