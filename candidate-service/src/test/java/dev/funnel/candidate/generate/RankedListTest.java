package dev.funnel.candidate.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.ItemTest;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.retrieval.SearchLimit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RankedListTest {
    private abstract static class Listed extends GeneratorContractTest {
        @Override
        GeneratorKind kind() {
            return new RankedListKind();
        }

        @Override
        Question question(Bundle bundle) {
            return Question.NOTHING;
        }

        @Override
        boolean answersAnybody() {
            return true;
        }
    }

    @Nested
    class Popular extends Listed {
        @Override
        String name() {
            return "popular";
        }
    }

    @Nested
    class Newest extends Listed {
        @Override
        String name() {
            return "newest";
        }

        @Test
        void the_newest_item_stands_first() {
            assertEquals(
                    SmallBundle.ITEMS - 1,
                    search().best(1, ItemTest.ALL, SearchLimit.none()).items()[0]);
        }
    }
}
