package dev.funnel.retrieval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.funnel.bundle.ItemTest;
import org.junit.jupiter.api.Test;

final class RankedListTest {
    private static final RankedList LIST = new RankedList(new int[] {40, 7, 12, 3}, new float[] {9, 5, 5, 1});

    @Test
    void the_best_are_the_first_that_the_filter_accepts() {
        Hits hits = LIST.best(2, item -> item != 7);
        assertArrayEquals(new int[] {40, 12}, hits.items());
        assertArrayEquals(new float[] {9, 5}, hits.scores());
        assertEquals(1, hits.filtered());
    }

    @Test
    void no_more_are_given_than_there_are() {
        assertEquals(4, LIST.best(100, ItemTest.ALL).size());
        assertEquals(0, LIST.best(100, ItemTest.NONE).size());
    }

    @Test
    void an_item_has_its_score_and_one_not_on_the_list_none() {
        assertEquals(5, LIST.score(12));
        assertEquals(9, LIST.score(40));
        assertEquals(0, LIST.score(8));
    }

    @Test
    void scores_that_ascend_are_refused() {
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class, () -> new RankedList(new int[] {1, 2}, new float[] {1, 2}));
        assertEquals("score 2.0 at place 1 stands after 1.0, scores must not ascend", refusal.getMessage());
    }
}
