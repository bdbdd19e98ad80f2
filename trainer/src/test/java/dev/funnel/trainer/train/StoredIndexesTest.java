package dev.funnel.trainer.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.IndexEntry;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.generate.GeneratorKinds;
import dev.funnel.trainer.generate.GeneratorPlan;
import dev.funnel.trainer.read.ReadSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Graphs built by a training, one for each shard. */
class StoredIndexesTest {

    private static final Map<String, Object> WALS =
            Map.of("name", "als", "kind", "wals", "dimensions", 16, "sweeps", 2, "limit", 50);

    @TempDir
    Path folder;

    private TrainingResult train(BundleStore store, String index) throws Exception {
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
                Progress.SILENT);
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
}
