package dev.funnel.candidate.generate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.History;
import dev.funnel.bundle.ItemTest;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.runtime.wire.QueryOrigin;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FactorizationTest {
    private abstract static class Als extends GeneratorContractTest {
        @Override
        String name() {
            return "als";
        }

        @Override
        GeneratorKind kind() {
            return new FactorizationKind();
        }
    }

    @Nested
    class ForATrainedUser extends Als {
        @Override
        Question question(Bundle bundle) {
            return new Question(3, bundle.users().history(3), 0, -1);
        }

        @Test
        void the_trained_vector_is_searched_for() {
            assertEquals(QueryOrigin.TRAINED_USER, search().origin());
        }
    }

    @Nested
    class ForAFoldedInHistory extends Als {
        @Override
        Question question(Bundle bundle) {
            return new Question(-1, bundle.users().history(3), 0, -1);
        }

        @Test
        void folding_in_a_trained_history_finds_what_the_trained_vector_finds() {
            assertEquals(QueryOrigin.FOLD_IN, search().origin());
            Search trained = search(new Question(3, bundle().users().history(3), 0, -1));
            assertEquals(QueryOrigin.TRAINED_USER, trained.origin());
            assertArrayEquals(
                    trained.best(10, ItemTest.ALL, SearchLimit.none()).items(),
                    search().best(10, ItemTest.ALL, SearchLimit.none()).items());
        }
    }

    @Nested
    class ForASeedItem extends Als {
        @Override
        Question question(Bundle bundle) {
            return new Question(-1, History.EMPTY, 0, 8);
        }

        @Test
        void the_item_most_similar_to_it_is_itself_with_cosine_1() {
            assertEquals(QueryOrigin.SEED_ITEM, search().origin());
            assertEquals(8, search().best(1, ItemTest.ALL, SearchLimit.none()).items()[0]);
            assertEquals(1, search().score(8), 1e-5f);
        }
    }

    @Nested
    class ForAUserAndASeedItem extends Als {
        @Override
        Question question(Bundle bundle) {
            return new Question(5, bundle.users().history(5), 0, 8);
        }

        /** With both, halves of two lists: fewer are not the beginning of more. */
        @Override
        void fewer_are_the_beginning_of_more() {}

        @Test
        void all_is_scored_for_the_user() {
            Search both = search();
            assertEquals(QueryOrigin.TRAINED_USER, both.origin());
            assertTrue(both.note().contains("seed item"), both.note());
        }
    }

    @Nested
    class InAGraph extends Als {
        @Override
        GeneratorSettings.IndexSetting index() {
            return GeneratorSettings.IndexSetting.HNSWLIB;
        }

        @Override
        Question question(Bundle bundle) {
            return new Question(3, bundle.users().history(3), 0, -1);
        }
    }
}
