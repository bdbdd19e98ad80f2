package dev.funnel.candidate.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.GoldenQuery;
import dev.funnel.bundle.ItemTest;
import dev.funnel.bundle.Manifest;
import dev.funnel.bundle.TensorFileWriter;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.candidate.cache.Caches;
import dev.funnel.candidate.generate.Generator;
import dev.funnel.candidate.generate.GeneratorKinds;
import dev.funnel.candidate.generate.GeneratorSettings;
import dev.funnel.candidate.generate.Question;
import dev.funnel.candidate.generate.Search;
import dev.funnel.candidate.index.ShardSettings;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.runtime.config.InvalidConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CandidateSnapshotLoaderTest {
    @TempDir
    private Path root;

    private static CandidateSnapshotLoader loader(GeneratorSettings... configured) {
        return new CandidateSnapshotLoader(
                List.of(configured), GeneratorKinds.installed(), ShardSettings.WHOLE, Caches.usual());
    }

    private Bundle published() throws IOException, BundleRefusedException {
        return Bundle.open(SmallBundle.directory(root, SmallBundle.publish(root)));
    }

    private static List<String> names(CandidateSnapshot snapshot) {
        return snapshot.generators().stream().map(Generator::name).toList();
    }

    /** The bundle with golden queries for user 3. */
    private Bundle withGolden(List<String> items, List<Double> scores) throws IOException, BundleRefusedException {
        BundleStore store = SmallBundle.store(root);
        try (BundleStore.Draft draft = store.draft()) {
            Manifest.Draft contents = SmallBundle.fill(draft, SmallBundle.SEED)
                    .withGoldenQueries(List.of(new GoldenQuery("als", SmallBundle.user(3), null, items, scores)));
            BundleVersion version = draft.publish(contents);
            return Bundle.open(store.path(version));
        }
    }

    private Hits alsForUser3() throws IOException, BundleRefusedException {
        try (Bundle bundle = published();
                CandidateSnapshot snapshot = loader().load(bundle)) {
            Question question = new Question(3, bundle.users().history(3), 0, -1);
            Search search =
                    snapshot.generator("als").orElseThrow().search(question).orElseThrow();
            return search.best(5, ItemTest.ALL, SearchLimit.none());
        }
    }

    private static List<String> ids(Hits hits) {
        return Arrays.stream(hits.items()).mapToObj(SmallBundle::item).toList();
    }

    private static List<Double> scores(Hits hits) {
        List<Double> scores = new ArrayList<>();
        for (float score : hits.scores()) {
            scores.add((double) score);
        }
        return scores;
    }

    @Test
    void without_a_list_all_generators_of_the_bundle_are_served() throws Exception {
        try (Bundle bundle = published();
                CandidateSnapshot snapshot = loader().load(bundle)) {
            assertEquals(List.of("als", "covisit", "popular", "newest"), names(snapshot));
        }
    }

    @Test
    void with_a_list_those_listed_are_served_and_one_the_bundle_lacks_is_left_out() throws Exception {
        try (Bundle bundle = published();
                CandidateSnapshot snapshot = loader(
                                GeneratorSettings.usual("popular", "ranked-list"),
                                GeneratorSettings.usual("two-tower", "factorization"))
                        .load(bundle)) {
            assertEquals(List.of("popular"), names(snapshot));
        }
    }

    @Test
    void a_kind_that_does_not_exist_refuses_the_start_naming_the_nearest() {
        InvalidConfiguration refusal = assertThrows(
                InvalidConfiguration.class, () -> loader(GeneratorSettings.usual("popular", "ranked-lst")));
        assertTrue(refusal.toString().contains("did you mean \"ranked-list\"?"), refusal::toString);
    }

    @Test
    void a_kind_the_manifest_disagrees_with_refuses_the_bundle() throws Exception {
        try (Bundle bundle = published()) {
            BundleRefusedException refusal = assertThrows(
                    BundleRefusedException.class,
                    () -> loader(GeneratorSettings.usual("als", "covisitation")).load(bundle));
            assertEquals("manifest.json", refusal.file());
            assertTrue(refusal.reason().contains("factorization"), refusal::reason);
        }
    }

    @Test
    void golden_queries_that_are_answered_as_expected_pass() throws Exception {
        Hits hits = alsForUser3();
        try (Bundle bundle = withGolden(ids(hits), scores(hits));
                CandidateSnapshot snapshot = loader().load(bundle)) {
            assertEquals(4, snapshot.generators().size());
        }
    }

    @Test
    void a_golden_query_with_another_score_refuses_the_bundle_naming_query_and_scores() throws Exception {
        Hits hits = alsForUser3();
        List<Double> wrong = scores(hits);
        wrong.set(2, wrong.get(2) + 0.01);
        try (Bundle bundle = withGolden(ids(hits), wrong)) {
            BundleRefusedException refusal = assertThrows(BundleRefusedException.class, () -> loader().load(bundle));
            assertEquals("generators/als.safetensors", refusal.file());
            assertTrue(refusal.reason().contains("user-03") && refusal.reason().contains("place 2"), refusal::reason);
        }
    }

    @Test
    void a_golden_query_that_misses_a_better_item_refuses_the_bundle() throws Exception {
        Hits hits = alsForUser3();
        try (Bundle bundle = withGolden(ids(hits).subList(1, 5), scores(hits).subList(1, 5))) {
            assertThrows(BundleRefusedException.class, () -> loader().load(bundle));
        }
    }

    @Test
    void a_list_with_an_item_that_does_not_exist_refuses_the_bundle_naming_file_and_item() throws Exception {
        BundleStore store = SmallBundle.store(root);
        try (BundleStore.Draft draft = store.draft()) {
            Manifest.Draft contents = SmallBundle.fill(draft, SmallBundle.SEED);
            Files.delete(draft.file("generators/popular.safetensors"));
            new TensorFileWriter(draft.file("generators/popular.safetensors"))
                    .add("items", new int[] {5, 60})
                    .add("scores", new float[] {2, 1}, 2, 1)
                    .write();
            try (Bundle bundle = Bundle.open(store.path(draft.publish(contents)))) {
                BundleRefusedException refusal =
                        assertThrows(BundleRefusedException.class, () -> loader().load(bundle));
                assertEquals("generators/popular.safetensors", refusal.file());
                assertTrue(refusal.reason().contains("item 60"), refusal::reason);
            }
        }
    }
}
