package dev.funnel.trainer.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.GoldenQuery;
import dev.funnel.bundle.IntVector;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.SearchTokens;
import dev.funnel.bundle.TensorFile;
import dev.funnel.bundle.UserTable;
import dev.funnel.inference.Tower;
import dev.funnel.inference.feature.Profiles;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.retrieval.ExactScanIndex;
import dev.funnel.retrieval.Similarity;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.generate.Asker;
import dev.funnel.trainer.generate.FittedGenerator;
import dev.funnel.trainer.generate.GeneratorFiles;
import dev.funnel.trainer.generate.GeneratorKinds;
import dev.funnel.trainer.generate.GeneratorPlan;
import dev.funnel.trainer.prepare.Deeds;
import dev.funnel.trainer.prepare.PositiveRule;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TowerGeneratorsTest {
    private static GeneratorPlan plan(String name, Map<String, Object> keys) {
        Map<String, Object> all = new HashMap<>(keys);
        all.put("name", name);
        all.put("limit", 50);
        return GeneratorKinds.installed().plan(all);
    }

    @Test
    void an_index_of_towers_is_tried_with_people(@TempDir Path folder) throws Exception {
        SmallWorld world = SmallWorld.generate(folder);
        TrainingSettings settings = SmallWorld.settings()
                .withoutRanker()
                .withGenerators(List.of(
                        plan("towers", Map.of("kind", "two-tower", "dimensions", 16, "epochs", 1)),
                        plan("popular", Map.of("kind", "popular"))));
        Prepared prepared = Prepared.of(world.log(), settings);
        BundleStore store = new BundleStore(folder.resolve("bundles"), "demo", InstantSource.system());
        try (BundleStore.Draft draft = store.draft();
                Arena arena = Arena.ofShared()) {
            new BundleFiles(draft).writeTables(world.log(), prepared.histories());
            ItemTable items = ItemTable.load(TensorFile.open(draft.file(BundleFiles.ITEMS), arena));
            UserTable users = UserTable.load(TensorFile.open(draft.file(BundleFiles.USERS), arena), items.size());
            Lesson lesson = prepared.syllabus().holdOut();
            FittedGenerator towers = prepared.fit(lesson.known(), new Tables(items, users), Progress.SILENT)
                    .members()
                    .getFirst()
                    .generator();
            FloatMatrix queries = Objects.requireNonNull(towers.queryVectors());
            assertEquals(200, queries.rows());
            int first = IntStream.range(0, users.size())
                    .filter(user -> prepared.knownTo(lesson).of(user).size() > 0)
                    .findFirst()
                    .orElseThrow();
            long lastMs = Arrays.stream(lesson.known())
                    .mapToLong(place -> world.log().interactions().timesMs()[place])
                    .max()
                    .orElseThrow();
            Asker asker = Asker.atHome(prepared.knownTo(lesson).of(first), new Profiles(users).of(first), lastMs);
            float score = 0;
            for (int c = 0; c < queries.columns(); c++) {
                score += queries.get(0, c)
                        * Objects.requireNonNull(towers.itemVectors()).get(7, c);
            }
            assertEquals(towers.ask(asker).orElseThrow().score(7), score, 1e-4f);
        }
    }

    @Test
    void a_similarity_that_nobody_knows_is_refused_naming_those_there_are() {
        for (String kind : List.of("softmax-dnn", "two-tower")) {
            String refusal = String.valueOf(assertThrows(
                            IllegalArgumentException.class,
                            () -> plan("tower", Map.of("kind", kind, "similarity", "manhattan")))
                    .getMessage());
            assertTrue(
                    refusal.contains("\"manhattan\", must be one of dot, cosine, euclidean, norm-tempered-dot:"),
                    refusal);
        }
    }

    @Test
    void a_bundle_holds_towers_that_answer_as_those_that_were_trained(@TempDir Path folder) throws Exception {
        SmallWorld world = SmallWorld.generate(folder);
        TrainingSettings settings = new TrainingSettings(
                PositiveRule.DEFAULT,
                List.of(
                        plan("popular", Map.of("kind", "popular")),
                        plan(
                                "dnn",
                                Map.of(
                                        "kind",
                                        "softmax-dnn",
                                        "dimensions",
                                        16,
                                        "epochs",
                                        2,
                                        "negatives",
                                        100,
                                        "similarity",
                                        "norm-tempered-dot:0.5")),
                        plan("towers", Map.of("kind", "two-tower", "dimensions", 16, "epochs", 2))),
                List.of(),
                null,
                .1,
                1,
                1_000,
                300,
                true,
                1,
                2);
        BundleStore store = new BundleStore(folder.resolve("bundles"), "demo", InstantSource.system());
        TrainingResult result = TrainingRun.run(world.log(), store, settings, Progress.SILENT);
        try (Bundle bundle =
                Bundle.open(store.path(Objects.requireNonNull(result.report().version())))) {
            assertTrue(bundle.users().categoryList(SearchTokens.COLUMN) != null, "the world has searches");
            assertEquals("norm-tempered-dot:0.5", similarity(bundle, "dnn").label());
            assertEquals("dot", similarity(bundle, "towers").label());
            assertOrigins(bundle, "dnn", item -> 0);
            BitSet watched = watched(Prepared.of(world.log(), settings).deeds());
            assertTrue(watched.cardinality() < bundle.items().size(), "some items are new");
            assertOrigins(bundle, "towers", item -> watched.get(item) ? 0 : 1);
            for (String name : List.of("dnn", "towers")) {
                int checked = 0;
                try (Tower query =
                        Tower.load(bundle, Tower.Files.at("generators/" + name + "-query"), bundle.items())) {
                    for (GoldenQuery golden : bundle.manifest().goldenQueries()) {
                        if (golden.component().equals(name)) {
                            check(bundle, query, golden);
                            checked++;
                        }
                    }
                }
                assertTrue(checked > 0, name);
            }
        }
    }

    private static Similarity similarity(Bundle bundle, String generator) {
        GeneratorEntry entry = Objects.requireNonNull(bundle.manifest().generator(generator));
        return Similarity.labelled(Objects.requireNonNull(entry.similarity()));
    }

    private static BitSet watched(Deeds deeds) {
        BitSet watched = new BitSet();
        int[] all = IntStream.range(0, deeds.log().size()).toArray();
        for (int place : deeds.speaking(all)) {
            watched.set(deeds.log().items()[place]);
        }
        return watched;
    }

    /** Numbers of the contract's ItemOrigin. */
    private static void assertOrigins(Bundle bundle, String generator, IntUnaryOperator wanted) throws Exception {
        int items = bundle.items().size();
        IntVector origins =
                bundle.tensors(GeneratorFiles.tensorsOf(generator)).ints(GeneratorFiles.ITEM_ORIGINS, items);
        for (int item = 0; item < items; item++) {
            assertEquals(wanted.applyAsInt(item), origins.get(item), generator + ", item " + item);
        }
    }

    private static void check(Bundle bundle, Tower query, GoldenQuery golden) throws Exception {
        int row = bundle.users().indexOf(Objects.requireNonNull(golden.userId()));
        float[] vector = query.person(RankingInput.ofPerson(
                0,
                Tower.profile(new Profiles(bundle.users()).of(row)),
                Map.of(),
                bundle.users().history(row),
                0));
        FloatMatrix items = bundle.tensors("generators/" + golden.component() + ".safetensors")
                .floats("item_factors", bundle.items().size(), vector.length);
        ExactScanIndex index = new ExactScanIndex(items, similarity(bundle, golden.component()));
        for (int i = 0; i < golden.itemIds().size(); i++) {
            int item = bundle.items().indexOf(golden.itemIds().get(i));
            float score = index.score(vector, item);
            assertEquals(golden.scores().get(i), score, 1e-4 * Math.max(1, Math.abs(score)));
        }
    }
}
