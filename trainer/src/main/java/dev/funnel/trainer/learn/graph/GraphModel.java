package dev.funnel.trainer.learn.graph;

import dev.funnel.trainer.onnx.OnnxModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes a graph as an ONNX model, in the form that the package describes. */
public final class GraphModel {

    private final Graph graph;
    private final OnnxModel model = new OnnxModel("ranker");
    private final Map<Integer, Wire> wires = new HashMap<>();

    private GraphModel(Graph graph) {
        this.graph = graph;
    }

    /**
     * The model's bytes.
     *
     * @param outputs at least one
     */
    public static byte[] write(Graph graph, List<ModelOutput> outputs) {
        GraphModel writer = new GraphModel(graph);
        writer.addNodes(outputs);
        for (ModelOutput output : outputs) {
            Node node = output.node();
            String name =
                    output.transform().write(writer.model, writer.wire(node).name(), output.name());
            writer.model.output(name, node.side().oneRow(), node.width());
        }
        return writer.model.bytes();
    }

    private Wire wire(Node node) {
        Wire wire = wires.get(node.index());
        if (wire == null) {
            throw new IllegalArgumentException("node " + node.index() + " is no node of this graph");
        }
        return wire;
    }

    private void addNodes(List<ModelOutput> outputs) {
        boolean[] needed = needed(outputs);
        for (Graph.Step step : graph.steps()) {
            if (needed[step.node().index()]) {
                List<Wire> inputs = step.inputs().stream().map(this::wire).toList();
                String name = step.operation().write(model, name(step), inputs);
                wires.put(step.node().index(), new Wire(name, step.node()));
            }
        }
    }

    private static String name(Graph.Step step) {
        String kind = step.operation().getClass().getSimpleName().toLowerCase(Locale.ROOT);
        return kind + "_" + step.node().index();
    }

    /** Inputs are written even if nothing reads them: whoever runs the model fills them all. */
    private boolean[] needed(List<ModelOutput> outputs) {
        boolean[] needed = new boolean[graph.steps().size()];
        List<Node> open = new ArrayList<>(graph.inputs());
        outputs.forEach(output -> open.add(output.node()));
        while (!open.isEmpty()) {
            Node node = open.removeLast();
            if (!needed[node.index()]) {
                needed[node.index()] = true;
                open.addAll(graph.steps().get(node.index()).inputs());
            }
        }
        return needed;
    }
}
