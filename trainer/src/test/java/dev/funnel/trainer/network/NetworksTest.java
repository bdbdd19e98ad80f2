package dev.funnel.trainer.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.schema.Block;
import dev.funnel.bundle.schema.CategoryFeature;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.schema.Head;
import dev.funnel.bundle.schema.NumberFeature;
import dev.funnel.bundle.schema.Reading;
import dev.funnel.bundle.schema.Scale;
import dev.funnel.bundle.schema.Source;
import dev.funnel.bundle.schema.VectorTable;
import dev.funnel.inference.engine.Engine;
import dev.funnel.inference.engine.EngineChoice.Part;
import dev.funnel.inference.engine.EngineKind;
import dev.funnel.inference.engine.EngineRefusedException;
import dev.funnel.inference.engine.OnnxRuntimeEngine;
import dev.funnel.inference.feature.FeatureBlocks;
import dev.funnel.inference.onnx.OnnxFile;
import dev.funnel.inference.projection.CutNetwork;
import dev.funnel.trainer.learn.graph.GraphTraining;
import dev.funnel.trainer.learn.graph.ModelOutput;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every network on a schema that has all roles, with two heads. */
final class NetworksTest {
    private static final long SEED = 14;
    private static final int ROWS = 150;
    private static final NetworkShape SHAPE =
            new NetworkShape(List.of(12, 3), 0.1f, List.of(5, 4), List.of(0.1f, -0.2f));

    /** A user's, an item's and a pair's block; fields of width 4, weights of width 1, numbers. */
    private static FeatureSchema schema() {
        List<VectorTable> tables =
                List.of(table("people", 4), table("people_linear", 1), table("topics", 4), table("topics_linear", 1));
        return new FeatureSchema(
                10,
                tables,
                List.of(
                        new Block(
                                "user",
                                Source.USER,
                                List.of(
                                        new CategoryFeature("user", Reading.PROFILE, "user", "people"),
                                        new CategoryFeature("user_linear", Reading.PROFILE, "user", "people_linear"))),
                        new Block(
                                "item",
                                Source.ITEM,
                                List.of(
                                        new CategoryFeature("topic", Reading.COLUMN, "topic", "topics"),
                                        new CategoryFeature("language", Reading.COLUMN, "language", "topics"),
                                        new CategoryFeature("topic_linear", Reading.COLUMN, "topic", "topics_linear"),
                                        number("watches", Reading.STATISTIC, "watches"))),
                        new Block("pair", Source.CANDIDATE, List.of(number("position", Reading.POSITION, null)))),
                List.of(new Head("click", "click", "1"), new Head("watch_time", "odds", "s")));
    }

    private static VectorTable table(String name, int width) {
        return new VectorTable(name, width, VectorTable.Keys.TEXT, "ranker/features.safetensors", name);
    }

    private static NumberFeature number(String name, Reading from, @Nullable String of) {
        return new NumberFeature(name, from, of, Scale.NONE, true, 0, false);
    }

    static Stream<String> names() {
        return Networks.ALL.stream().map(Network::name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void what_is_served_is_what_was_trained(String name) throws Exception {
        FeatureSchema schema = schema();
        BuiltNetwork network = Networks.named(name).build(schema, Set.of("people", "topics"), SHAPE, SEED);
        byte[] model = network.model(List.of(new ModelOutput.Probability(), new ModelOutput.Odds(-15, 15)));
        try (Engine engine = OnnxRuntimeEngine.load(model, schema);
                GraphTraining training = new GraphTraining(network.graph(), ROWS, 0.01f, 0, 1)) {
            FeatureBlocks blocks = engine.blocks(ROWS);
            fill(training, network, blocks);
            training.forward(ROWS, (from, to) -> {});
            float[][] served = new float[2][ROWS];
            engine.run(blocks, ROWS, served, 0);
            for (int row = 0; row < ROWS; row++) {
                double click = training.values(network.logits().getFirst())[row];
                double odds = Math.exp(training.values(network.logits().getLast())[row]);
                assertEquals(1 / (1 + Math.exp(-click)), served[0][row], 1e-5, name + ", seed " + SEED);
                assertEquals(odds, served[1][row], 1e-5 * (1 + odds), name + ", seed " + SEED);
            }
        }
    }

    /** What an item's share is made of is computed ahead, without the rest; together they are the whole network. */
    @ParameterizedTest
    @MethodSource("names")
    void cut_into_shares_it_scores_as_it_does_whole(String name) throws Exception {
        FeatureSchema schema = schema();
        BuiltNetwork network = Networks.named(name).build(schema, Set.of("people", "topics"), SHAPE, SEED);
        OnnxFile model =
                OnnxFile.parse(network.model(List.of(new ModelOutput.Probability(), new ModelOutput.Odds(-15, 15))));
        CutNetwork cut = CutNetwork.of(model, schema).orElseThrow();
        try (Engine engine = EngineKind.ONNX.load(model, schema);
                GraphTraining training = new GraphTraining(network.graph(), ROWS, 0.01f, 0, 1)) {
            FeatureBlocks blocks = engine.blocks(ROWS);
            fill(training, network, blocks);
            float[][] whole = new float[2][ROWS];
            engine.run(blocks, ROWS, whole, 0);
            Map<String, float[]> known = new HashMap<>();
            for (int block = 0; block < blocks.size(); block++) {
                known.put(
                        schema.blocks().get(block).name(),
                        blocks.values(block)
                                .asSlice(0, 4L * (blocks.oneRow(block) ? 1 : ROWS) * blocks.width(block))
                                .toArray(ValueLayout.JAVA_FLOAT));
            }
            share(cut.items(), ROWS, known);
            Part requests = cut.requests();
            if (requests != null) {
                share(requests, 1, known);
            }
            float[][] inParts = run(cut.main(), ROWS, known);
            for (int head = 0; head < whole.length; head++) {
                for (int row = 0; row < ROWS; row++) {
                    float expected = whole[head][row];
                    assertEquals(expected, inParts[head][row], 1e-5 * (1 + expected), name + ", seed " + SEED);
                }
            }
        }
    }

    private static void share(Part part, int rows, Map<String, float[]> known) throws EngineRefusedException {
        float[][] shares = run(part, rows, known);
        for (int share = 0; share < shares.length; share++) {
            known.put(part.schema().heads().get(share).name(), shares[share]);
        }
    }

    private static float[][] run(Part part, int rows, Map<String, float[]> known) throws EngineRefusedException {
        try (Engine engine = EngineKind.ONNX.load(part.model(), part.schema())) {
            FeatureBlocks blocks = engine.blocks(rows);
            for (int block = 0; block < blocks.size(); block++) {
                float[] values = Objects.requireNonNull(
                        known.get(part.schema().blocks().get(block).name()));
                MemorySegment.copy(values, 0, blocks.values(block), ValueLayout.JAVA_FLOAT, 0, values.length);
            }
            float[][] heads = part.schema().heads().stream()
                    .map(head -> new float[rows * head.width()])
                    .toArray(float[][]::new);
            engine.run(blocks, rows, heads, 0);
            return heads;
        }
    }

    private static void fill(GraphTraining training, BuiltNetwork network, FeatureBlocks blocks) {
        Random random = new Random(SEED);
        for (int block = 0; block < blocks.size(); block++) {
            float[] values = training.values(network.input(block));
            int shared = blocks.oneRow(block) ? blocks.width(block) : values.length;
            for (int i = 0; i < values.length; i++) {
                values[i] = i < shared ? (float) (0.5 * random.nextGaussian()) : values[i % shared];
            }
            for (int i = 0; i < shared; i++) {
                blocks.values(block).setAtIndex(ValueLayout.JAVA_FLOAT, i, values[i]);
            }
        }
    }

    @Test
    void the_name_of_no_network_is_answered_with_all() {
        String refusal = String.valueOf(assertThrows(IllegalArgumentException.class, () -> Networks.named("resnet"))
                .getMessage());
        List<String> missing = new ArrayList<>();
        names().filter(name -> !refusal.contains(name)).forEach(missing::add);
        assertTrue(missing.isEmpty(), missing + " not in: " + refusal);
    }
}
