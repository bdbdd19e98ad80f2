package dev.funnel.trainer.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.IndexEntry;
import dev.funnel.bundle.ItemShards;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.generate.Asked;
import dev.funnel.trainer.generate.Asker;
import dev.funnel.trainer.generate.FittedGenerator;
import dev.funnel.trainer.generate.GeneratorFiles;
import dev.funnel.trainer.generate.GeneratorKinds;
import dev.funnel.trainer.generate.GeneratorPlan;
import dev.funnel.trainer.read.ReadSettings;
import dev.funnel.trainer.train.FittedGenerators.Member;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Graphs built by a training, one for each shard. */
class StoredIndexesTest {

    private static final Map<String, Object> WALS =
            Map.of("name", "als", "kind", "wals", "dimensions", 16, "sweeps", 2, "limit", 50);

    private static final int ITEMS = 4_000;
    private static final int DIMENSIONS = 48;

    @TempDir
    Path folder;

    private TrainingResult train(BundleStore store, String index) throws Exception {
        return train(store, index, Progress.SILENT);
    }

    private TrainingResult train(BundleStore store, String index, Progress progress) throws Exception {
        Map<String, Object> keys = new HashMap<>(WALS);
        keys.put("index", index);
        GeneratorPlan popular = GeneratorKinds.installed().plan(Map.of("name", "popular", "kind", "popular"));
        TrainingSettings settings = SmallWorld.settings()
                .withoutRanker()
                .withGenerators(List.of(popular, GeneratorKinds.installed().plan(keys)));
        return TrainingRun.run(
                SmallWorld.generate(folder.resolve("world")).input(),
                ReadSettings.DEFAULT.withShards(2),
                store,
                settings,
                progress);
    }

    private BundleStore store() {
        return new BundleStore(folder.resolve("bundles"), "small");
    }

    @Test
    void a_graph_for_each_shard_is_listed_with_its_recall() throws Exception {
        TrainingResult result = train(store(), "union-graph");
        try (Bundle bundle =
                Bundle.open(store().path(Objects.requireNonNull(result.report().version())))) {
            IndexEntry index = Objects.requireNonNull(
                    Objects.requireNonNull(bundle.manifest().generator("als")).index());
            assertEquals("union-graph", index.kind());
            assertEquals(
                    List.of("generators/als.index-0.safetensors", "generators/als.index-1.safetensors"), index.files());
            assertTrue(index.recall() >= .95, () -> "recall " + index.recall());
        }
    }

    @Test
    void an_index_nobody_knows_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> train(store(), "tree"));
    }

    @Test
    void a_graph_that_finds_less_than_it_has_to_is_refused_and_not_written() throws Exception {
        GeneratorPlan plan = GeneratorKinds.installed()
                .plan(Map.of("name", "als", "kind", "wals", "limit", 200, "index", "union-graph", "index_recall", 1));
        try (BundleStore.Draft draft = store().draft()) {
            StoredIndexes indexes = new StoredIndexes(draft, ItemShards.one(ITEMS), 1, 2);
            BundleRefusedException refusal = assertThrows(
                    BundleRefusedException.class,
                    () -> indexes.write(new Member(plan, new Scattered()), Progress.SILENT));
            String said = String.valueOf(refusal.getMessage());
            assertTrue(said.contains("generator als, shard 0 of " + ITEMS + " items"), said);
            assertTrue(said.contains("must be at least 1.0"), said);
            assertFalse(Files.exists(draft.file("generators/als.index-0.safetensors")), "it was not written");
        }
    }

    @Test
    void a_training_interrupted_while_a_graph_is_built_leaves_nothing() throws Exception {
        List<String> met = new ArrayList<>();
        Progress interrupting = (what, done) -> {
            if (what.startsWith("index of als, shard 1")) {
                met.add(what);
                Thread.currentThread().interrupt();
            }
        };
        assertThrows(CancellationException.class, () -> train(store(), "union-graph", interrupting));
        assertTrue(Thread.interrupted(), "the thread stays interrupted");
        assertEquals(1, met.size(), "the second shard's graph was being built");
        try (Stream<Path> left = Files.list(store().directory())) {
            assertEquals(List.of(), left.filter(Files::isDirectory).toList());
        }
    }

    /** Vectors without any structure, which a short walk over a graph does not find all of. */
    private static final class Scattered implements FittedGenerator {
        private final FloatMatrix vectors = vectors(new Random(3));

        private static FloatMatrix vectors(Random random) {
            float[] flat = new float[ITEMS * DIMENSIONS];
            for (int i = 0; i < flat.length; i++) {
                flat[i] = (float) random.nextGaussian();
            }
            return FloatMatrix.of(flat, ITEMS, DIMENSIONS);
        }

        @Override
        public String kind() {
            return "factorization";
        }

        @Override
        public String similarity() {
            return "dot";
        }

        @Override
        public FloatMatrix itemVectors() {
            return vectors;
        }

        @Override
        public Map<String, Double> parameters() {
            return Map.of();
        }

        @Override
        public Optional<Asked> ask(Asker asker) {
            return Optional.empty();
        }

        @Override
        public void write(GeneratorFiles files) {}
    }
}
