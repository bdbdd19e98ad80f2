package dev.funnel.inference.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.inference.feature.FeatureBlocks;
import dev.funnel.inference.onnx.OnnxFile;
import dev.funnel.inference.testing.Blocks;
import dev.funnel.inference.testing.GraphWriter;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every engine does; each has a test that inherits this. Scores are compared with ONNX Runtime's. */
abstract class EngineContract {
    private static final long SEED = 20_260_101;
    private static final double TOLERANCE = 1e-5;
    private static final FeatureSchema SCHEMA =
            Blocks.schema(List.of(Blocks.user("user", 7), Blocks.item("item", 5)), "score");

    /** The engine under test. */
    abstract Engine load(OnnxFile model, FeatureSchema schema) throws EngineRefusedException;

    private static byte[] network(Random random) {
        GraphWriter graph = new GraphWriter(random.nextLong()).input("user", 7).input("item", 5);
        String values = graph.node("Concat", "axis", 1, "all", "user", "item");
        int width = 12;
        for (int layer = 0; layer < 1 + random.nextInt(3); layer++) {
            int units = 1 + random.nextInt(70);
            values = graph.node("Relu", "rectified" + layer, graph.dense("layer" + layer, values, width, units));
            width = units;
        }
        graph.node("Sigmoid", "score", graph.dense("logit", values, width, 1));
        return graph.output("score", -1, 1).bytes();
    }

    private static float[] scores(Engine engine, FeatureBlocks blocks, int rows) {
        float[][] heads = new float[1][rows];
        engine.run(blocks, rows, heads, 0);
        return heads[0];
    }

    private static void assertNear(float[] expected, float[] found, String what) {
        assertEquals(expected.length, found.length, what);
        for (int i = 0; i < expected.length; i++) {
            double tolerance = TOLERANCE * Math.max(1, Math.abs(expected[i]));
            assertEquals(expected[i], found[i], tolerance, what + ", candidate " + i);
        }
    }

    private void sameAsOnnxRuntime(byte[] model, FeatureSchema schema, int rows) throws Exception {
        try (Engine engine = load(OnnxFile.parse(model), schema);
                Engine other = OnnxRuntimeEngine.load(model, schema)) {
            assertNear(
                    scores(other, Blocks.filled(other, rows, SEED), rows),
                    scores(engine, Blocks.filled(engine, rows, SEED), rows),
                    rows + " rows, seed " + SEED);
        }
    }

    @Test
    void random_networks_have_the_scores_that_onnx_runtime_gives() throws Exception {
        Random random = new Random(SEED);
        for (int rows : new int[] {1, 2, 16, 17, 64, 100, 256, 257, 600}) {
            sameAsOnnxRuntime(network(random), SCHEMA, rows);
        }
    }

    @Test
    void a_factorization_machine_beside_a_deep_network_has_the_scores_that_onnx_runtime_gives() throws Exception {
        GraphWriter graph = new GraphWriter(SEED).input("user", 7).input("item", 5);
        graph.node("Concat", "axis", -1, "all", "user", "item");
        graph.node("Reshape", "fields", "all", graph.integers(-1, 4, 3));
        graph.node("ReduceSum", "keepdims", 0, "sums", "fields", graph.integers(1));
        graph.node("Mul", "squares_of_sums", "sums", "sums");
        graph.node("Pow", "squares", "fields", graph.stored(new float[] {2}));
        graph.node("ReduceSum", "keepdims", 0, "sums_of_squares", "squares", graph.integers(1));
        graph.node("Sub", "pairs", "squares_of_sums", "sums_of_squares");
        graph.node("ReduceMean", "keepdims", 1, "mean_field", "fields");
        String second =
                graph.node("Slice", "second", "fields", graph.integers(1), graph.integers(2), graph.integers(1));
        graph.node("Mul", "crossed", "fields", second);
        String flat = graph.node("Flatten", "axis", 1, "flat", "crossed");
        graph.node("Tanh", "deep", graph.dense("hidden", flat, 12, 9));
        graph.node("Softplus", "soft", graph.dense("soft_in", "deep", 9, 3));
        graph.node("Concat", "axis", 1, "joined", "pairs", "deep", "soft");
        graph.node("Mul", "scaled", "joined", graph.random(15));
        graph.node("Neg", "negative", "scaled");
        graph.node("Div", "halves", "negative", graph.stored(new float[] {2}, 1));
        graph.node("MatMul", "logit", "halves", graph.random(15, 1));
        graph.node("Clip", "clipped", "logit", graph.stored(new float[] {-5}), graph.stored(new float[] {5}));
        graph.node("Exp", "raised", "clipped");
        graph.node("Log", "logarithm", graph.node("Add", "above_one", "raised", graph.stored(new float[] {1})));
        graph.node("Squeeze", "score", "logarithm", graph.integers(1));
        byte[] model = withMeanAxes(graph.output("score", -1));
        sameAsOnnxRuntime(model, SCHEMA, 300);
    }

    /** The mean field is not used further; its axes are set so that the graph is valid. */
    private static byte[] withMeanAxes(GraphWriter graph) {
        var model = graph.model().toBuilder();
        model.getGraphBuilder().getNodeBuilderList().stream()
                .filter(node -> node.getOpType().equals("ReduceMean"))
                .forEach(node -> node.addAttributeBuilder()
                        .setName("axes")
                        .setType(AttributeProto.AttributeType.INTS)
                        .addInts(1));
        return model.build().toByteArray();
    }

    @Test
    void a_candidate_has_the_same_score_however_the_pool_is_cut() throws Exception {
        try (Engine engine = load(OnnxFile.parse(network(new Random(SEED))), SCHEMA)) {
            FeatureBlocks blocks = Blocks.filled(engine, 300, SEED);
            float[] whole = scores(engine, blocks, 300);
            for (int size : new int[] {1, 7, 16, 150, 299}) {
                for (int from = 0; from < 300; from += size) {
                    int to = Math.min(300, from + size);
                    float[] part = scores(engine, Blocks.cut(engine, blocks, from, to), to - from);
                    assertNear(Arrays.copyOfRange(whole, from, to), part, "cut at " + from + ", seed " + SEED);
                }
            }
        }
    }

    @Test
    void the_same_batch_has_the_same_scores_bit_for_bit_on_every_thread() throws Exception {
        try (Engine engine = load(OnnxFile.parse(network(new Random(SEED))), SCHEMA)) {
            float[] once = scores(engine, Blocks.filled(engine, 100, SEED), 100);
            IntStream.range(0, 64).parallel().forEach(i -> {
                float[] again = scores(engine, Blocks.filled(engine, 100, SEED), 100);
                assertTrue(Arrays.equals(once, again), "seed " + SEED);
            });
        }
    }

    @Test
    void scores_go_to_their_place_and_nowhere_else() throws Exception {
        try (Engine engine = load(OnnxFile.parse(network(new Random(SEED))), SCHEMA)) {
            float[][] heads = {{-1, -1, -1, -1}};
            engine.run(Blocks.filled(engine, 2, SEED), 2, heads, 1);
            assertEquals(-1, heads[0][0]);
            assertTrue(heads[0][1] >= 0 && heads[0][2] >= 0);
            assertEquals(-1, heads[0][3]);
        }
    }

    @Test
    void a_value_that_is_not_finite_does_not_leave_the_engine() throws Exception {
        try (Engine engine = load(OnnxFile.parse(network(new Random(SEED))), SCHEMA)) {
            FeatureBlocks blocks = Blocks.filled(engine, 4, SEED);
            blocks.values(1).setAtIndex(ValueLayout.JAVA_FLOAT, 2 * 5, Float.NaN);
            NonFiniteOutputException refusal =
                    assertThrows(NonFiniteOutputException.class, () -> scores(engine, blocks, 4));
            assertTrue(String.valueOf(refusal.getMessage()).contains("candidate 2"), refusal.getMessage());
        }
    }

    @Test
    void a_closed_engine_does_not_run_and_its_blocks_are_freed() throws Exception {
        Engine engine = load(OnnxFile.parse(network(new Random(SEED))), SCHEMA);
        FeatureBlocks blocks = Blocks.filled(engine, 4, SEED);
        engine.close();
        assertThrows(IllegalStateException.class, () -> scores(engine, blocks, 4));
        assertFalse(blocks.values(0).scope().isAlive());
    }

    private void refused(FeatureSchema schema, String... parts) throws Exception {
        OnnxFile model = OnnxFile.parse(network(new Random(SEED)));
        EngineRefusedException refusal = assertThrows(EngineRefusedException.class, () -> load(model, schema));
        for (String part : parts) {
            assertTrue(String.valueOf(refusal.getMessage()).contains(part), refusal.getMessage());
        }
    }

    @Test
    void a_model_of_another_width_is_refused_showing_both() throws Exception {
        refused(
                Blocks.schema(List.of(Blocks.user("user", 8), Blocks.item("item", 5)), "score"),
                "input \"user\" has shape [N, 7]",
                "width 8");
    }

    @Test
    void a_model_without_an_input_is_refused_naming_it() throws Exception {
        refused(
                Blocks.schema(List.of(Blocks.user("person", 7), Blocks.item("item", 5)), "score"),
                "no input \"person\"",
                "user=FLOAT [N, 7]");
    }

    @Test
    void a_model_without_an_output_is_refused_naming_it() throws Exception {
        refused(Blocks.schema(List.of(Blocks.user("user", 7), Blocks.item("item", 5)), "dwell"), "\"dwell\"");
    }
}
