package dev.funnel.candidate.generate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.Calibration;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.History;
import dev.funnel.bundle.ItemTest;
import dev.funnel.bundle.Manifest;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.candidate.generate.NewItems.Placed;
import dev.funnel.inference.feature.FeatureValue;
import dev.funnel.inference.testing.SmallTower;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.runtime.wire.ItemOrigin;
import dev.funnel.runtime.wire.QueryOrigin;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TowerTest {
    private static final int UNWATCHED = 5;

    private abstract static class Towers extends GeneratorContractTest {
        @Override
        String name() {
            return SmallTower.NAME;
        }

        @Override
        GeneratorKind kind() {
            return new TowerKind();
        }

        String similarity() {
            return "dot";
        }

        @Override
        BundleVersion publish(Path root) throws Exception {
            try (BundleStore.Draft draft = SmallBundle.store(root).draft()) {
                Manifest.Draft contents = SmallBundle.fill(draft, SmallBundle.SEED);
                SmallTower.write(draft, UNWATCHED);
                GeneratorEntry entry = new GeneratorEntry(
                        SmallTower.NAME,
                        "tower",
                        "generators/" + SmallTower.NAME + ".safetensors",
                        similarity(),
                        SmallTower.DIMENSIONS,
                        20,
                        new Calibration(0, 0),
                        null,
                        Map.of());
                return draft.publish(new Manifest.Draft(
                        contents.trainedUntil(),
                        contents.itemLogPosition(),
                        List.of(entry),
                        null,
                        List.of(),
                        contents.metrics()));
            }
        }
    }

    private static Person person(String country, double age) {
        return new Person(
                Map.of("country", new FeatureValue.Text(country), "age", new FeatureValue.Number(age)), Map.of(), 0);
    }

    @Nested
    class ForAHistoryWithoutARow extends Towers {
        @Override
        Question question(Bundle bundle) {
            return new Question(-1, bundle.users().history(3), 0, -1);
        }

        @Test
        void an_item_that_nobody_watched_says_that_the_item_tower_placed_it() {
            assertEquals(ItemOrigin.ITEM_TOWER, search().itemOrigin(UNWATCHED));
            assertEquals(ItemOrigin.TRAINED, search().itemOrigin(UNWATCHED + 1));
        }

        @Test
        void the_vector_is_computed_from_the_history() {
            assertEquals(QueryOrigin.QUERY_TOWER, search().origin());
            Search other = search(new Question(-1, bundle().users().history(4), 0, -1));
            assertTrue(search().score(7) != other.score(7));
        }
    }

    @Nested
    class ByDistance extends Towers {
        @Override
        String similarity() {
            return "euclidean";
        }

        @Override
        Question question(Bundle bundle) {
            return new Question(-1, bundle.users().history(3), 0, -1);
        }

        @Test
        void items_are_found_by_the_similarity_that_the_bundle_names() {
            float best = search().best(1, ItemTest.ALL, SearchLimit.none()).scores()[0];
            assertTrue(best < 0, "nothing lies where the person lies, an inner product would be above 0: " + best);
        }
    }

    @Nested
    class ForAProfileAndNothingElse extends Towers {
        @Override
        Question question(Bundle bundle) {
            return new Question(-1, History.EMPTY, 0, -1, Circumstances.UNKNOWN, person("DE", 1));
        }

        @Test
        void the_vector_is_computed_from_the_profile() {
            assertEquals(QueryOrigin.QUERY_TOWER, search().origin());
            Search other = search(new Question(-1, History.EMPTY, 0, -1, Circumstances.UNKNOWN, person("CH", 1)));
            assertTrue(search().score(7) != other.score(7));
        }
    }

    @Nested
    class ForASeedItem extends Towers {
        @Override
        Question question(Bundle bundle) {
            return new Question(-1, History.EMPTY, 0, 8);
        }

        @Test
        void the_item_most_similar_to_it_has_cosine_1() {
            assertEquals(QueryOrigin.SEED_ITEM, search().origin());
            assertEquals(1, search().score(8), 1e-5f);
            assertEquals(ItemOrigin.ITEM_TOWER, search().itemOrigin(UNWATCHED));
        }

        @Test
        void the_item_tower_places_an_item_where_its_stored_vector_lies() throws Exception {
            NewItems places = generator().newItems().orElseThrow();
            for (int item : new int[] {0, 5, 59}) {
                Placed placed = places.place(bundle().items(), item).orElseThrow();
                assertEquals(ItemOrigin.ITEM_TOWER, placed.origin());
                float[] stored = bundle().tensors("generators/" + SmallTower.NAME + ".safetensors")
                        .floats("item_factors", SmallBundle.ITEMS, SmallTower.DIMENSIONS)
                        .row(item);
                assertArrayEquals(stored, placed.vector(), 1e-6f);
            }
        }
    }
}
