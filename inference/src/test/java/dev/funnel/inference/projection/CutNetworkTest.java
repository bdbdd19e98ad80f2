package dev.funnel.inference.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.inference.engine.Engine;
import dev.funnel.inference.engine.EngineChoice.Part;
import dev.funnel.inference.engine.EngineKind;
import dev.funnel.inference.feature.FeatureBlocks;
import dev.funnel.inference.onnx.OnnxFile;
import dev.funnel.inference.testing.Blocks;
import dev.funnel.inference.testing.GraphWriter;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Networks as exporters write them, cut and run in parts, on both engines. */
final class CutNetworkTest {
    private static final long SEED = 23;
    private static final int USER = 9;
    private static final int ITEM = 7;
    private static final int ROWS = 40;
    private static final FeatureSchema SCHEMA =
            Blocks.schema(List.of(Blocks.user("user", USER), Blocks.item("item", ITEM)), "score");

    private static Optional<CutNetwork> cut(GraphWriter graph) throws Exception {
        return CutNetwork.of(OnnxFile.parse(graph.output("score", -1, 1).bytes()), SCHEMA);
    }

    /** The whole and the parts give the same scores. */
    private static void assertSame(GraphWriter graph) throws Exception {
        CutNetwork cut = cut(graph).orElseThrow();
        OnnxFile whole = OnnxFile.parse(graph.bytes());
        for (EngineKind kind : EngineKind.values()) {
            Random random = new Random(SEED);
            float[] user = numbers(random, USER);
            float[] items = numbers(random, ROWS * ITEM);
            float[] expected = run(kind, new Part(whole, SCHEMA), ROWS, repeated(user), items)[0];
            float[][] ofItems = run(kind, cut.items(), ROWS, items);
            Part requests = cut.requests();
            float[][] ofRequest = requests == null ? new float[][] {repeated(user)} : run(kind, requests, 1, user);
            float[][] inputs = Stream.concat(Arrays.stream(ofRequest), Arrays.stream(ofItems))
                    .toArray(float[][]::new);
            float[] found = run(kind, cut.main(), ROWS, inputs)[0];
            for (int i = 0; i < ROWS; i++) {
                assertEquals(expected[i], found[i], 1e-5 * Math.max(1, Math.abs(expected[i])), kind + ", row " + i);
            }
        }
    }

    private static float[] numbers(Random random, int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }

    private static float[] repeated(float[] row) {
        float[] rows = new float[ROWS * row.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = row[i % row.length];
        }
        return rows;
    }

    private static float[][] run(EngineKind kind, Part part, int rows, float[]... inputs) throws Exception {
        try (Engine engine = kind.load(part.model(), part.schema())) {
            FeatureBlocks blocks = engine.blocks(rows);
            for (int block = 0; block < blocks.size(); block++) {
                int length = (blocks.oneRow(block) ? 1 : rows) * blocks.width(block);
                for (int i = 0; i < length; i++) {
                    blocks.values(block).setAtIndex(ValueLayout.JAVA_FLOAT, i, inputs[block][i]);
                }
            }
            float[][] heads = new float[part.schema().heads().size()][];
            for (int head = 0; head < heads.length; head++) {
                heads[head] = new float[rows * part.schema().heads().get(head).width()];
            }
            engine.run(blocks, rows, heads, 0);
            return heads;
        }
    }

    @Test
    void random_networks_over_joined_blocks_score_the_same_in_parts() throws Exception {
        Random random = new Random(SEED);
        for (int i = 0; i < 10; i++) {
            GraphWriter graph =
                    new GraphWriter(random.nextLong()).input("user", USER).input("item", ITEM);
            String[] parts = random.nextBoolean() ? new String[] {"user", "item"} : new String[] {"item", "user"};
            String values = graph.node("Concat", "axis", random.nextBoolean() ? 1 : -1, "all", parts);
            int width = USER + ITEM;
            for (int layer = 0; layer < 1 + random.nextInt(3); layer++) {
                int units = 1 + random.nextInt(40);
                String name = "layer" + layer;
                String sums = random.nextBoolean()
                        ? graph.dense(name, values, width, units)
                        : graph.node(
                                "Gemm", "transB", 1, name, values, graph.random(units, width), graph.random(units));
                values = graph.node("Relu", name + "_rectified", sums);
                width = units;
            }
            graph.dense("score", values, width, 1);
            assertSame(graph);
        }
    }

    @Test
    void a_tower_of_items_is_one_share_and_a_wide_part_another() throws Exception {
        GraphWriter graph = new GraphWriter(SEED).input("user", USER).input("item", ITEM);
        String tower = graph.node("Relu", "tower", graph.dense("tower_in", "item", ITEM, 5));
        String person = graph.node("Tanh", "person", graph.dense("person_in", "user", USER, 5));
        String match = graph.node("Mul", "match", tower, person);
        String wide = graph.node("MatMul", "wide", "item", graph.random(ITEM, 1));
        graph.node("Add", "score", graph.dense("deep", match, 5, 1), wide);
        assertSame(graph);
        CutNetwork cut = cut(graph).orElseThrow();
        assertEquals(6, cut.itemWidth(), "5 of the tower, 1 of the wide part");
    }

    /** Some numbers of an item as three fields of two, the other one a weight, however an exporter writes that; a product of all. */
    private static GraphWriter fields(String[] bounds, long[] shape, boolean kept) throws Exception {
        GraphWriter graph = new GraphWriter(SEED).input("user", USER).input("item", ITEM);
        List<String> cut = new ArrayList<>(List.of("item"));
        for (String bound : bounds) {
            cut.add(graph.integers(
                    Arrays.stream(bound.split(",")).mapToLong(Long::parseLong).toArray()));
        }
        String some = graph.node("Slice", "some", cut.toArray(String[]::new));
        String apart = graph.node("Reshape", "apart", some, graph.integers(shape));
        String folded = graph.node("ReduceSum", "keepdims", kept ? 1 : 0, "folded", apart, graph.integers(1));
        String sum = kept ? graph.node("Reshape", "flat", folded, graph.integers(-1, 2)) : folded;
        String person = graph.dense("person", "user", USER, 2);
        String match = graph.node("Mul", "match", sum, person);
        String first = graph.node(
                "Slice", "first", "item", graph.integers(0), graph.integers(1), graph.integers(1), graph.integers(1));
        graph.node("Add", "score", graph.dense("deep", match, 2, 1), first);
        return graph;
    }

    @Test
    void sums_of_fields_are_shares_however_they_are_written() throws Exception {
        String[] plain = {"1", "7", "1"};
        assertEquals(
                3,
                cut(fields(plain, new long[] {-1, 3, 2}, false)).orElseThrow().itemWidth(),
                "the sum, the weight");
        assertSame(fields(plain, new long[] {-1, 3, 2}, false));
        assertSame(fields(plain, new long[] {-1, 3, 2}, true));
        assertSame(fields(plain, new long[] {0, 3, 2}, false));
        assertSame(fields(new String[] {"1", "7", "-1"}, new long[] {-1, 3, 2}, false));
    }

    @Test
    void where_a_shape_is_not_known_the_cut_goes_in_front_of_it() throws Exception {
        assertSame(fields(new String[] {"1", "9223372036854775807", "1"}, new long[] {-1, 3, 2}, false));
        assertSame(fields(new String[] {"-6", "7", "1"}, new long[] {-1, 3, 2}, false));
        GraphWriter graph = new GraphWriter(SEED).input("user", USER).input("item", ITEM);
        String tower = graph.node("Relu", "tower", graph.dense("tower_in", "item", ITEM, 6));
        String apart = graph.node("Reshape", "apart", tower, graph.integers(-1, 3, 2));
        String person =
                graph.node("Reshape", "person", graph.dense("person_in", "user", USER, 2), graph.integers(-1, 1, 2));
        String match = graph.node("Mul", "match", apart, person);
        String flat = graph.node("Reshape", "flat", match, graph.integers(-1, 6));
        String again = graph.node("Reshape", "again", apart, graph.integers(-1, 6));
        graph.dense("score", graph.node("Add", "both", flat, again), 6, 1);
        assertEquals(6, cut(graph).orElseThrow().itemWidth(), "the tower, once");
        assertSame(graph);
    }

    @Test
    void values_that_are_called_as_shares_are_do_not_get_in_the_way() throws Exception {
        GraphWriter graph = new GraphWriter(SEED).input("user", USER).input("item", ITEM);
        String person = graph.dense("request_share", "user", USER, 5);
        String thing = graph.dense("item_share", "item", ITEM, 5);
        graph.dense("score", graph.node("Relu", "curved", graph.node("Add", "sum", person, thing)), 5, 1);
        assertSame(graph);
        assertTrue(cut(graph).orElseThrow().requests() != null, "a request has a share too");
    }

    @Test
    void what_a_share_is_not_added_to_keeps_its_row_a_candidate() throws Exception {
        GraphWriter graph = new GraphWriter(SEED).input("user", USER).input("item", ITEM);
        String person = graph.node("Relu", "person", graph.dense("person_in", "user", USER, 5));
        String thing = graph.node("Relu", "thing", graph.dense("thing_in", "item", ITEM, 5));
        graph.node("Sub", "difference", person, thing);
        graph.node("Concat", "axis", 1, "both", "difference", graph.node("Sigmoid", "gate", person));
        graph.dense("score", graph.node("Relu", "curved", "both"), 10, 1);
        CutNetwork cut = cut(graph).orElseThrow();
        assertTrue(cut.requests() == null, "a gate a candidate is joined with what has a row a candidate");
    }

    @Test
    void a_network_that_gives_an_item_no_share_is_not_cut() throws Exception {
        GraphWriter graph = new GraphWriter(SEED).input("user", USER).input("item", ITEM);
        String all = graph.node("Tanh", "curved", graph.node("Concat", "axis", 1, "all", "user", "item"));
        graph.dense("score", all, USER + ITEM, 1);
        assertTrue(cut(graph).isEmpty(), "nothing is computed of the item alone but what it is");
    }
}
