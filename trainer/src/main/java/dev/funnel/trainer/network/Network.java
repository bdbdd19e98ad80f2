package dev.funnel.trainer.network;

import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.trainer.learn.graph.Graph;
import dev.funnel.trainer.learn.graph.Node;
import java.util.List;
import java.util.Set;

/** A kind of network: what its logits are made of. One file each, and a line in {@link Networks}. */
public interface Network {

    /** Its name as written in configuration: [a-z0-9-]+, of no other network. */
    String name();

    /**
     * Adds the network to the graph of its inputs.
     *
     * @return per head its logit, [rows, 1]; as many as {@link NetworkShape#initialLogits}
     * @throws IllegalArgumentException if the inputs lack a role that it needs
     */
    List<Node> logits(Graph graph, NetworkInputs inputs, NetworkShape shape);

    /**
     * The network for the blocks of a schema, with seeded random weights.
     *
     * @param learnt names of the tables that are learnt with it
     */
    default BuiltNetwork build(FeatureSchema schema, Set<String> learnt, NetworkShape shape, long seed) {
        Graph graph = new Graph(seed);
        return new BuiltNetwork(graph, logits(graph, NetworkInputs.of(graph, schema, learnt), shape), schema.heads());
    }
}
