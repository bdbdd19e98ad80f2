package dev.funnel.inference.engine;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.inference.engine.nd4j.Nd4jEngine;
import dev.funnel.inference.onnx.OnnxFile;
import dev.funnel.inference.testing.Blocks;
import dev.funnel.inference.testing.GraphWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

final class Nd4jEngineTest extends EngineContract {
    private static final FeatureSchema SCHEMA = Blocks.schema(List.of(Blocks.item("item", 6)), "score");

    @Override
    Engine load(OnnxFile model, FeatureSchema schema) throws EngineRefusedException {
        return Nd4jEngine.load(model, schema);
    }

    private static void refused(GraphWriter graph, String... parts) throws Exception {
        OnnxFile model = OnnxFile.parse(graph.bytes());
        EngineRefusedException refusal =
                assertThrows(EngineRefusedException.class, () -> Nd4jEngine.load(model, SCHEMA));
        for (String part : parts) {
            assertTrue(String.valueOf(refusal.getMessage()).contains(part), refusal.getMessage());
        }
    }

    @Test
    void an_operator_that_it_does_not_run_is_named() throws Exception {
        GraphWriter graph = new GraphWriter(1).input("item", 6);
        graph.node("Erf", "wide", "item");
        graph.dense("score", "wide", 6, 1);
        refused(graph.output("score", -1, 1), "[Erf]", "Gemm");
    }

    @Test
    void a_graph_that_works_across_candidates_is_refused() throws Exception {
        GraphWriter graph = new GraphWriter(1).input("item", 6);
        graph.node("ReduceSum", "keepdims", 1, "all", "item", graph.integers(0));
        graph.dense("score", "all", 6, 1);
        refused(graph.output("score", -1, 1), "ReduceSum node", "counts candidates");
    }

    @Test
    void a_vector_and_a_matrix_are_not_combined() throws Exception {
        GraphWriter graph = new GraphWriter(1).input("item", 6);
        String column = graph.dense("column", "item", 6, 1);
        graph.node("Add", "score", column, graph.node("Squeeze", "vector", column, graph.integers(1)));
        refused(graph.output("score", -1, 1), "Add node", "[N, 1]", "[N]");
    }

    @Test
    void a_matrix_that_does_not_fit_is_refused() throws Exception {
        GraphWriter graph = new GraphWriter(1).input("item", 6);
        graph.dense("score", "item", 5, 1);
        refused(graph.output("score", -1, 1), "Gemm node", "[N, 6]", "[5, 1]");
    }
}
