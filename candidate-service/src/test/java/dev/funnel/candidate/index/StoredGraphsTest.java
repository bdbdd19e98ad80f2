package dev.funnel.candidate.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.Calibration;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.IndexEntry;
import dev.funnel.bundle.ItemShards;
import dev.funnel.bundle.ItemTest;
import dev.funnel.bundle.Manifest;
import dev.funnel.bundle.TableWriter;
import dev.funnel.bundle.TensorFileWriter;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.retrieval.ExactScanIndex;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.retrieval.Similarity;
import dev.funnel.retrieval.TopK;
import dev.funnel.retrieval.VectorIndex;
import dev.funnel.retrieval.graph.BuildProgress;
import dev.funnel.retrieval.graph.GraphSettings;
import dev.funnel.retrieval.graph.UnionGraph;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Graphs of a bundle of two shards, as one process and as two open them. */
class StoredGraphsTest {

    private static final int ITEMS = 2_000;
    private static final int DIMENSIONS = 16;
    private static final int K = 50;

    private static final String TENSORS = "generators/als.safetensors";

    @TempDir
    Path folder;

    private final FloatMatrix items = vectors(ITEMS, 1);
    private final FloatMatrix queries = vectors(20, 2);

    private static FloatMatrix vectors(int rows, long seed) {
        return vectors(rows, DIMENSIONS, seed);
    }

    private static FloatMatrix vectors(int rows, int dimensions, long seed) {
        Random random = new Random(seed);
        float[] flat = new float[rows * dimensions];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = (float) random.nextGaussian();
        }
        return FloatMatrix.of(flat, rows, dimensions);
    }

    /** A bundle whose graphs were built for some vectors; open. */
    private Bundle bundle(FloatMatrix graphsOf) throws Exception {
        BundleStore store = SmallBundle.store(folder);
        try (BundleStore.Draft draft = store.draft()) {
            SmallBundle.fill(draft, SmallBundle.SEED);
            Files.delete(draft.file("items.safetensors"));
            Files.delete(draft.file(TENSORS));
            String[] ids = IntStream.range(0, ITEMS)
                    .mapToObj(item -> "item-" + item)
                    .sorted(Comparator.comparingInt(id -> ItemShards.of(id, 2)))
                    .toArray(String[]::new);
            new TableWriter(draft.file("items.safetensors"), ids).write();
            new TensorFileWriter(draft.file(TENSORS)).add("item_factors", items).write();
            int first = (int)
                    Arrays.stream(ids).filter(id -> ItemShards.of(id, 2) == 0).count();
            List<String> files =
                    List.of(write(draft, 0, graphsOf.rows(0, first)), write(draft, 1, graphsOf.rows(first, ITEMS)));
            IndexEntry index = new IndexEntry("union-graph", files, K, .97, "as configured");
            GeneratorEntry entry = new GeneratorEntry(
                            "als",
                            "factorization",
                            TENSORS,
                            "dot",
                            DIMENSIONS,
                            K,
                            new Calibration(0, 0),
                            null,
                            Map.of())
                    .withIndex(index);
            Manifest.Draft contents =
                    new Manifest.Draft(null, 0, List.of(entry), null, List.of(), Map.of()).withShards(2);
            return Bundle.open(store.path(draft.publish(contents)));
        }
    }

    private static String write(BundleStore.Draft draft, int shard, FloatMatrix rows) throws Exception {
        String file = IndexEntry.fileOf(TENSORS, shard);
        TensorFileWriter writer = new TensorFileWriter(draft.file(file));
        UnionGraph.build(rows, Similarity.DOT, GraphSettings.usual(1, 1), BuildProgress.SILENT)
                .addTo(writer, "");
        writer.write();
        return file;
    }

    private IndexedVectors open(Bundle bundle, ShardSettings shards, String setting) throws BundleRefusedException {
        GeneratorEntry entry = bundle.manifest().generators().getFirst();
        FloatMatrix stored = bundle.tensors(TENSORS).floats("item_factors", ITEMS, DIMENSIONS);
        return IndexedVectors.of(
                bundle, entry, stored, Similarity.DOT, setting, queries, new ServedShards(bundle.shards(), shards));
    }

    @Test
    void two_processes_together_find_what_an_exact_scan_of_all_finds() throws Exception {
        try (Bundle bundle = bundle(items);
                IndexedVectors one = open(bundle, new ShardSettings(0, 2), "auto");
                IndexedVectors other = open(bundle, new ShardSettings(1, 2), "auto");
                ExactScanIndex exact = new ExactScanIndex(items, Similarity.DOT)) {
            assertEquals(ITEMS, one.index().size() + other.index().size());
            int found = 0;
            for (int row = 0; row < queries.rows(); row++) {
                TopK best = new TopK(K);
                for (IndexedVectors part : List.of(one, other)) {
                    Hits hits = part.index().search(queries.row(row), K, ItemTest.ALL, SearchLimit.none());
                    for (int i = 0; i < hits.size(); i++) {
                        best.offer(hits.items()[i], hits.scores()[i]);
                    }
                }
                List<Integer> merged = list(best.drain(0, true));
                found += (int) list(exact.search(queries.row(row), K, ItemTest.ALL, SearchLimit.none())).stream()
                        .filter(merged::contains)
                        .count();
            }
            int total = found;
            assertTrue(total >= .95 * K * queries.rows(), () -> total + " of " + K * queries.rows());
        }
    }

    private static List<Integer> list(Hits hits) {
        return Arrays.stream(hits.items()).boxed().toList();
    }

    @Test
    void the_stored_graph_is_served_unless_an_exact_scan_is_configured() throws Exception {
        try (Bundle bundle = bundle(items);
                IndexedVectors stored = open(bundle, ShardSettings.WHOLE, "AUTO");
                IndexedVectors exact = open(bundle, ShardSettings.WHOLE, "EXACT")) {
            assertEquals(.97f, stored.recall());
            assertTrue(stored.explanation().endsWith("stored in the bundle, as configured"), stored::explanation);
            assertTrue(exact.index().exact(), exact::explanation);
        }
    }

    @Test
    void a_scan_that_the_bundle_chose_says_why_it_did() throws Exception {
        try (Bundle bundle = bundle(items)) {
            GeneratorEntry entry = bundle.manifest().generators().getFirst();
            GeneratorEntry exact = entry.withIndex(new IndexEntry("exact", List.of(), K, 1, "they are few"));
            ServedShards all = ServedShards.all(bundle.shards());
            try (IndexedVectors auto = IndexedVectors.of(bundle, exact, items, Similarity.DOT, "AUTO", queries, all);
                    IndexedVectors asked =
                            IndexedVectors.of(bundle, exact, items, Similarity.DOT, "EXACT", queries, all)) {
                assertTrue(auto.explanation().endsWith("chosen for the bundle, they are few"), auto::explanation);
                assertTrue(asked.explanation().endsWith("exact scan, as configured"), asked::explanation);
            }
        }
    }

    @Test
    void an_index_built_here_that_finds_too_little_is_refused() {
        GeneratorEntry entry =
                new GeneratorEntry("als", "factorization", TENSORS, "dot", 2, K, new Calibration(0, 0), null, Map.of());
        VectorIndex ofOthers = ExactScanIndex.closeable(vectors(ITEMS, 3), Similarity.DOT);
        VectorIndex exact = new ExactScanIndex(items, Similarity.DOT);
        BundleRefusedException refused = assertThrows(
                BundleRefusedException.class,
                () -> IndexedVectors.measured(
                        entry, Similarity.DOT, new IndexedVectors(ofOthers, "", 1), exact, queries));
        String said = String.valueOf(refused.getMessage());
        assertTrue(said.contains("generator als by dot"), said);
        assertTrue(said.contains("recall at 50 over 20 queries is 0."), said);
        assertTrue(said.contains("must be at least 0.95"), said);
        assertThrows(
                RuntimeException.class, () -> ofOthers.search(queries.row(0), 1, ItemTest.ALL, SearchLimit.none()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void an_index_built_here_says_how_much_it_finds(int parts) throws Exception {
        try (Bundle bundle = bundle(items)) {
            GeneratorEntry entry = new GeneratorEntry(
                    "als", "factorization", TENSORS, "dot", 2, K, new Calibration(0, 0), null, Map.of());
            ServedShards served = new ServedShards(bundle.shards(), new ShardSettings(0, parts));
            try (IndexedVectors built =
                    IndexedVectors.of(bundle, entry, items, Similarity.DOT, "UNION_GRAPH", queries, served)) {
                assertFalse(built.index().exact());
                assertTrue(built.recall() >= .95f, () -> "recall " + built.recall());
            }
        }
    }

    @Test
    void a_graph_of_other_vectors_is_refused_by_name() throws Exception {
        try (Bundle bundle = bundle(vectors(ITEMS, 3))) {
            BundleRefusedException refused = assertThrows(
                    BundleRefusedException.class, () -> open(bundle, new ShardSettings(1, 2), "union-graph"));
            assertEquals("generators/als.index-1.safetensors", refused.file());
        }
    }
}
