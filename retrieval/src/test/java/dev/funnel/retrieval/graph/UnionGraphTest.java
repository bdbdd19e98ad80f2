package dev.funnel.retrieval.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.ItemTest;
import dev.funnel.bundle.TensorFile;
import dev.funnel.bundle.TensorFileWriter;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.retrieval.Similarity;
import dev.funnel.retrieval.VectorIndex;
import dev.funnel.retrieval.Vectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class UnionGraphTest {
    private static final long SEED = 31;
    private static final int ITEMS = 1500;
    private static final FloatMatrix VECTORS = Vectors.skewed(ITEMS, 11, SEED);

    @TempDir
    Path folder;

    static List<Similarity> similarities() {
        return List.of(Similarity.DOT, Similarity.COSINE, Similarity.EUCLIDEAN, Similarity.normTemperedDot(0.5));
    }

    private static UnionGraph graph(Similarity similarity, long seed, int threads) {
        return UnionGraph.build(VECTORS, similarity, new GraphSettings(6, 24, seed, threads), BuildProgress.SILENT);
    }

    private Path written(UnionGraph graph, String name) throws IOException {
        Path file = folder.resolve(name);
        TensorFileWriter writer = new TensorFileWriter(file);
        graph.addTo(writer, "graph.");
        writer.write();
        return file;
    }

    @ParameterizedTest
    @MethodSource("similarities")
    void the_same_seed_gives_the_same_graph_whatever_the_number_of_threads(Similarity similarity) throws Exception {
        byte[] one = Files.readAllBytes(written(graph(similarity, SEED, 1), "one"));
        assertArrayEquals(one, Files.readAllBytes(written(graph(similarity, SEED, 1), "again")));
        assertArrayEquals(one, Files.readAllBytes(written(graph(similarity, SEED, 3), "three")));
    }

    @Test
    void another_seed_gives_another_graph_where_nothing_else_orders_items() throws Exception {
        byte[] one = Files.readAllBytes(written(graph(Similarity.COSINE, SEED, 2), "one"));
        byte[] other = Files.readAllBytes(written(graph(Similarity.COSINE, SEED + 1, 2), "other"));
        assertNotEquals(Arrays.hashCode(one), Arrays.hashCode(other));
    }

    @ParameterizedTest
    @MethodSource("similarities")
    void a_mapped_graph_is_searched_like_the_built_one(Similarity similarity) throws Exception {
        UnionGraph built = graph(similarity, SEED, 2);
        try (TensorFile file = TensorFile.open(written(built, "graph"))) {
            VectorIndex before = new UnionGraphIndex(built, VECTORS, 30);
            VectorIndex after = new UnionGraphIndex(UnionGraph.open(file, "graph.", VECTORS, similarity), VECTORS, 30);
            for (int q = 0; q < 20; q++) {
                float[] query = Vectors.gaussian(11, SEED + q);
                assertArrayEquals(
                        before.search(query, 20, ItemTest.ALL, SearchLimit.none())
                                .items(),
                        after.search(query, 20, ItemTest.ALL, SearchLimit.none())
                                .items());
            }
        }
    }

    @Test
    void a_graph_of_other_vectors_is_refused() throws Exception {
        float[] flat = VECTORS.toArray();
        flat[0] += 1e-3f;
        FloatMatrix changed = FloatMatrix.of(flat, ITEMS, 11);
        for (int i = 0; i < flat.length; i++) {
            flat[i] += 1e-3f;
        }
        refused("was built for other vectors", graph(Similarity.DOT, SEED, 1), changed, Similarity.DOT);
    }

    @Test
    void a_graph_of_another_similarity_or_number_of_items_is_refused() throws Exception {
        UnionGraph graph = graph(Similarity.DOT, SEED, 1);
        refused("is dot, the vectors are compared by cosine", graph, VECTORS, Similarity.COSINE);
        FloatMatrix fewer = Vectors.skewed(ITEMS - 1, 11, SEED);
        refused("has 1500 values, 1499 are needed", graph, fewer, Similarity.DOT);
    }

    private void refused(String reason, UnionGraph graph, FloatMatrix vectors, Similarity similarity) throws Exception {
        Path path = written(graph, reason.replace(' ', '-'));
        try (TensorFile file = TensorFile.open(path)) {
            BundleRefusedException refusal = assertThrows(
                    BundleRefusedException.class, () -> UnionGraph.open(file, "graph.", vectors, similarity));
            assertTrue(String.valueOf(refusal.getMessage()).contains(reason), refusal.getMessage());
        }
    }

    @Test
    void tensors_that_cannot_be_a_graph_are_refused() throws Exception {
        refused("holds item 1 twice", order -> order[0] = order[1] == 1 ? order[0] : 1, links -> {}, offsets -> {});
        refused("holds 1500 at 3, allowed are 0 to 1499", order -> {}, links -> links[3] = ITEMS, offsets -> {});
        refused("falls from", order -> {}, links -> {}, offsets -> offsets[7] = 10_000_000);
    }

    private interface Change<T> {
        void make(T values);
    }

    private void refused(String reason, Change<int[]> ofOrder, Change<int[]> ofLinks, Change<long[]> ofOffsets)
            throws Exception {
        Path broken = folder.resolve("broken-" + reason.hashCode());
        try (TensorFile file = TensorFile.open(written(graph(Similarity.DOT, SEED, 1), "sound-" + reason.hashCode()))) {
            int[] order = file.ints("graph.order").toArray();
            int[] links = file.ints("graph.links").toArray();
            long[] offsets = new long[ITEMS + 1];
            Arrays.setAll(offsets, i -> get(file, i));
            ofOrder.make(order);
            ofLinks.make(links);
            ofOffsets.make(offsets);
            new TensorFileWriter(broken)
                    .metadata("graph.similarity", "dot")
                    .add("graph.order", order)
                    .add("graph.links", links)
                    .add("graph.offsets", offsets)
                    .add("graph.scales", file.floats("graph.scales").toArray())
                    .add("graph.lengths", file.floats("graph.lengths").toArray())
                    .add("graph.codes", file.bytes("graph.codes").toArray())
                    .write();
        }
        try (TensorFile file = TensorFile.open(broken)) {
            BundleRefusedException refusal = assertThrows(
                    BundleRefusedException.class, () -> UnionGraph.open(file, "graph.", VECTORS, Similarity.DOT));
            assertTrue(String.valueOf(refusal.getMessage()).contains(reason), refusal.getMessage());
        }
    }

    private static long get(TensorFile file, int index) {
        try {
            return file.longs("graph.offsets").get(index);
        } catch (BundleRefusedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void progress_is_told_of_every_item_of_every_graph() {
        List<String> told = new ArrayList<>();
        UnionGraph.build(VECTORS, Similarity.DOT, new GraphSettings(4, 10, SEED, 2), (graph, inserted, items) -> {
            assertEquals(ITEMS, items);
            if (inserted == items) {
                told.add(graph);
            }
        });
        assertEquals(List.of("inner-product", "reduced"), told);
    }

    @Test
    void building_stops_when_interrupted() {
        assertThrows(
                CancellationException.class,
                () -> UnionGraph.build(
                        VECTORS,
                        Similarity.DOT,
                        new GraphSettings(4, 10, SEED, 2),
                        (graph, inserted, items) -> Thread.currentThread().interrupt()));
        assertTrue(Thread.interrupted());
    }

    @Test
    void settings_out_of_bounds_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> new GraphSettings(1, 10, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new GraphSettings(16, 10, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new GraphSettings(16, 100, 0, 0));
    }
}
