package dev.funnel.inference.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.schema.Block;
import dev.funnel.bundle.schema.BlockType;
import dev.funnel.bundle.schema.EmbeddingFeature;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.schema.Head;
import dev.funnel.bundle.schema.IndexFeature;
import dev.funnel.bundle.schema.Reading;
import dev.funnel.bundle.schema.Source;
import dev.funnel.bundle.schema.VectorTable;
import dev.funnel.inference.feature.FeatureBlocks;
import dev.funnel.inference.onnx.OnnxFile;
import dev.funnel.inference.testing.Blocks;
import dev.funnel.inference.testing.GraphWriter;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class OnnxRuntimeEngineTest extends EngineContract {
    private static final long SEED = 8;
    private static final int ROWS = 5;

    @Override
    Engine load(OnnxFile model, FeatureSchema schema) throws EngineRefusedException {
        return OnnxRuntimeEngine.load(model.bytes(), schema);
    }

    @Test
    void bytes_that_are_no_model_are_refused() {
        EngineRefusedException refusal = assertThrows(
                EngineRefusedException.class,
                () -> OnnxRuntimeEngine.load(
                        new byte[] {1, 2, 3}, Blocks.schema(List.of(Blocks.item("item", 1)), "score")));
        assertTrue(String.valueOf(refusal.getMessage()).contains("cannot load"), refusal.getMessage());
    }

    /** As PyTorch exports {@code nn.Embedding} and a linear layer. */
    private static GraphWriter embedding() {
        GraphWriter graph = new GraphWriter(SEED).ids("ids", 2);
        graph.node("Gather", "axis", 0, "rows", graph.random(ROWS, 3), "ids");
        String flat = graph.node("Flatten", "axis", 1, "flat", "rows");
        graph.node("Gemm", "transB", 1, "score", flat, graph.random(1, 6), graph.random(1));
        return graph.output("score", -1, 1);
    }

    private static FeatureSchema rowNumbers(BlockType type) {
        VectorTable table = new VectorTable("numbers", 1, VectorTable.Keys.ITEM, "none", "none");
        Block block = type == BlockType.INT64
                ? new Block("ids", Source.ITEM, List.of(index("first"), index("second")), BlockType.INT64)
                : new Block("ids", Source.ITEM, List.of(vector("first"), vector("second")), BlockType.FLOAT32);
        return new FeatureSchema(1, List.of(table), List.of(block), List.of(new Head("score", "score", "1")));
    }

    private static IndexFeature index(String name) {
        return new IndexFeature(name, Reading.ID, null, "numbers", 0, 0, 1);
    }

    private static EmbeddingFeature vector(String name) {
        return new EmbeddingFeature(name, Reading.VECTOR, "numbers");
    }

    @Test
    void a_graph_that_looks_rows_up_itself_is_fed_row_numbers() throws Exception {
        OnnxFile model = OnnxFile.parse(embedding().bytes());
        float[] table = Objects.requireNonNull(model.constants().get("stored0")).floats();
        float[] weights =
                Objects.requireNonNull(model.constants().get("stored1")).floats();
        float bias = Objects.requireNonNull(model.constants().get("stored2")).floats()[0];
        try (Engine engine = load(model, rowNumbers(BlockType.INT64))) {
            FeatureBlocks blocks = engine.blocks(ROWS);
            float[] scores = new float[ROWS];
            for (int row = 0; row < ROWS; row++) {
                blocks.values(0).setAtIndex(ValueLayout.JAVA_LONG, 2L * row, row);
                blocks.values(0).setAtIndex(ValueLayout.JAVA_LONG, 2L * row + 1, ROWS - 1 - row);
            }
            engine.run(blocks, ROWS, new float[][] {scores}, 0);
            for (int row = 0; row < ROWS; row++) {
                float expected = bias;
                for (int i = 0; i < 3; i++) {
                    expected += table[3 * row + i] * weights[i] + table[3 * (ROWS - 1 - row) + i] * weights[3 + i];
                }
                assertEquals(expected, scores[row], 1e-5, "row " + row + ", seed " + SEED);
            }
        }
    }

    @Test
    void row_numbers_where_the_schema_has_numbers_are_refused_showing_both() throws Exception {
        OnnxFile model = OnnxFile.parse(embedding().bytes());
        EngineRefusedException refusal =
                assertThrows(EngineRefusedException.class, () -> load(model, rowNumbers(BlockType.FLOAT32)));
        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.contains("input \"ids\" is of type INT64, it must be FLOAT"), message);
        assertTrue(message.contains("ids=FLOAT32 [N, 2]"), message);
    }
}
