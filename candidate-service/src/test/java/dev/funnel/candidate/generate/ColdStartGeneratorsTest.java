package dev.funnel.candidate.generate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.History;
import dev.funnel.bundle.ItemTest;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.retrieval.cold.Profile;
import dev.funnel.runtime.wire.ItemOrigin;
import dev.funnel.runtime.wire.QueryOrigin;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Generators for whom and what nothing was fitted on. */
class ColdStartGeneratorsTest {

    private static final long NOW = SmallBundle.NOW.toEpochMilli();

    private static Circumstances someone(String country, String language, Set<String> followed) {
        Profile profile = new Profile(Map.of("country", List.of(country), "language", List.of(language)), Map.of());
        return new Circumstances(profile, country, language, NOW, followed);
    }

    private static Question stranger(Circumstances circumstances) {
        return new Question(-1, History.EMPTY, 0, -1, circumstances);
    }

    private abstract static class Cold extends GeneratorContractTest {
        @Override
        BundleVersion publish(Path root) throws Exception {
            return ColdBundle.publish(root);
        }
    }

    @Nested
    class ByProfile extends Cold {
        @Override
        String name() {
            return "als";
        }

        @Override
        GeneratorKind kind() {
            return new FactorizationKind();
        }

        @Override
        Question question(Bundle bundle) {
            return stranger(someone("DE", "de", Set.of()));
        }

        @Test
        void someone_who_did_nothing_is_the_average_of_those_like_them() {
            assertEquals(QueryOrigin.PROFILE_AVERAGE, search().origin());
            Search first = search(new Question(1, bundle().users().history(1), 0, -1));
            assertEquals(first.score(12), search().score(12), 1e-6f);
        }

        @Test
        void items_that_nobody_met_say_where_their_place_is_from() {
            assertEquals(ItemOrigin.UPLOADER_AVERAGE, search().itemOrigin(ColdBundle.OF_UPLOADER));
            assertEquals(ItemOrigin.CATEGORY_AVERAGE, search().itemOrigin(ColdBundle.OF_CATEGORIES));
            assertEquals(ItemOrigin.TRAINED, search().itemOrigin(9));
        }

        @Test
        void an_item_is_placed_among_its_uploaders() {
            NewItems.Placed placed = generator()
                    .newItems()
                    .orElseThrow()
                    .place(bundle().items(), 0)
                    .orElseThrow();
            assertEquals(ItemOrigin.UPLOADER_AVERAGE, placed.origin());
            assertEquals(SmallBundle.DIMENSIONS, placed.vector().length);
        }
    }

    @Nested
    class StoredAnswers extends Cold {
        @Override
        String name() {
            return "als";
        }

        @Override
        GeneratorKind kind() {
            return new FactorizationKind();
        }

        @Override
        Question question(Bundle bundle) {
            return new Question(-1, History.EMPTY, 0, ColdBundle.SEED);
        }

        /** What is stored is what the test made up, not the nearest. */
        @Override
        void an_exact_generator_leaves_nothing_better_behind() {}

        /** The same: more than is stored is searched for. */
        @Override
        void fewer_are_the_beginning_of_more() {}

        @Test
        void a_popular_seed_is_answered_with_what_was_stored() {
            Search search = search();
            Hits hits = search.best(ColdBundle.STORED, ItemTest.ALL, SearchLimit.none());
            int[] items = hits.items().clone();
            Arrays.sort(items);
            assertEquals(20, items[0]);
            assertEquals(29, items[9]);
            assertEquals(QueryOrigin.STORED_ANSWER, search.origin());
            assertTrue(generator().index().contains("answers of 1 popular seed items stored"));
        }

        @Test
        void items_say_where_their_place_is_from_in_a_stored_answer_too() {
            assertEquals(ItemOrigin.UPLOADER_AVERAGE, search().itemOrigin(ColdBundle.OF_UPLOADER));
            assertEquals(ItemOrigin.TRAINED, search().itemOrigin(20));
        }

        @Test
        void where_the_filter_leaves_too_little_of_it_there_is_a_search() {
            Search search = search();
            Hits hits = search.best(ColdBundle.STORED, item -> item != 20, SearchLimit.none());
            assertEquals(ColdBundle.STORED, hits.size());
            assertEquals(QueryOrigin.SEED_ITEM, search.origin());
        }
    }

    private abstract static class Content extends Cold {
        @Override
        String name() {
            return "content";
        }

        @Override
        GeneratorKind kind() {
            return new ContentKind();
        }
    }

    @Nested
    class ContentOfAHistory extends Content {
        @Override
        Question question(Bundle bundle) {
            return new Question(-1, bundle.users().history(3), 0, -1);
        }

        @Test
        void every_item_is_placed_by_its_content_also_a_new_one() {
            assertEquals(QueryOrigin.CONTENT, search().origin());
            assertEquals(ItemOrigin.CONTENT, search().itemOrigin(4));
            NewItems.Placed placed = generator()
                    .newItems()
                    .orElseThrow()
                    .place(bundle().items(), 4)
                    .orElseThrow();
            assertEquals(ItemOrigin.CONTENT, placed.origin());
        }
    }

    @Nested
    class ContentOfAProfile extends Content {
        @Override
        Question question(Bundle bundle) {
            return stranger(someone("DE", "de", Set.of()));
        }

        @Test
        void items_of_the_users_language_come_first() {
            Hits hits = search().best(5, ItemTest.ALL, SearchLimit.none());
            for (int item : hits.items()) {
                assertEquals("de", language(item));
            }
        }

        private String language(int item) {
            var languages = bundle().items().category("language");
            return languages == null ? "" : languages.value(languages.code(item));
        }
    }

    @Nested
    class ContentOfASeed extends Content {
        @Override
        Question question(Bundle bundle) {
            return new Question(-1, History.EMPTY, 0, 11);
        }

        @Test
        void an_item_is_most_like_itself() {
            assertEquals(1, search().score(11), 1e-6f);
            assertEquals(QueryOrigin.SEED_ITEM, search().origin());
        }
    }

    @Nested
    class Near extends Cold {
        @Override
        String name() {
            return "near";
        }

        @Override
        GeneratorKind kind() {
            return new RankedListsKind();
        }

        @Override
        boolean answersAnybody() {
            return true;
        }

        @Override
        Question question(Bundle bundle) {
            return stranger(someone("DE", "de", Set.of()));
        }

        @Test
        void the_country_has_its_own_list_and_everybody_else_the_common_one() {
            assertArrayEquals(
                    new int[] {9, 3},
                    search().best(2, ItemTest.ALL, SearchLimit.none()).items());
            assertEquals(QueryOrigin.PLACE, search().origin());
            Search elsewhere = search(stranger(someone("FR", "fr", Set.of())));
            assertArrayEquals(
                    new int[] {3, 2},
                    elsewhere.best(2, ItemTest.ALL, SearchLimit.none()).items());
            assertEquals(QueryOrigin.LIST, elsewhere.origin());
        }
    }

    @Nested
    class Continue extends Cold {
        @Override
        String name() {
            return "continue";
        }

        @Override
        GeneratorKind kind() {
            return new ContinueWatchingKind();
        }

        @Override
        Question question(Bundle bundle) {
            return new Question(-1, bundle.users().history(3), 0, -1, someone("DE", "de", Set.of()));
        }

        @Test
        void what_was_begun_is_nominated_though_it_was_watched() {
            assertTrue(generator().nominatesWatched());
            Hits hits = search().best(10, ItemTest.ALL, SearchLimit.none());
            History history = bundle().users().history(3);
            for (int item : hits.items()) {
                assertTrue(Arrays.stream(history.items()).anyMatch(watched -> watched == item));
            }
        }
    }

    @Nested
    class Followed extends Cold {
        @Override
        String name() {
            return "followed";
        }

        @Override
        GeneratorKind kind() {
            return new FollowedUploadersKind();
        }

        @Override
        Question question(Bundle bundle) {
            return stranger(someone("DE", "de", Set.of("uploader-1", "uploader-2")));
        }

        @Test
        void the_newest_of_the_uploaders_followed_come_first() {
            assertArrayEquals(
                    new int[] {58, 57, 51},
                    search().best(3, ItemTest.ALL, SearchLimit.none()).items());
            assertEquals(QueryOrigin.FOLLOWED, search().origin());
            assertEquals(0, search().score(59));
        }
    }
}
