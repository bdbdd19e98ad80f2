package dev.funnel.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.retrieval.IndexChoice.Kind;
import org.junit.jupiter.api.Test;

final class IndexChoiceTest {

    private static void chosen(Kind kind, String reason, String setting, int items, int hits) {
        IndexChoice choice = IndexChoice.of(setting, items, hits);
        assertEquals(kind, choice.kind(), choice.explanation());
        assertTrue(choice.explanation().contains(reason), choice.explanation());
    }

    @Test
    void auto_scans_as_long_as_that_takes_next_to_no_time() {
        chosen(Kind.EXACT, "up to 40000 items", "auto", 40_000, 100);
        chosen(Kind.UNION_GRAPH, "from 40000 items on", "auto", 40_001, 100);
        chosen(Kind.EXACT, "up to 200000 items", "auto", 200_000, 500);
        chosen(Kind.EXACT, "up to 40000 items", "auto", 40_000, 5);
    }

    @Test
    void a_graph_that_would_take_minutes_to_build_is_not_chosen_even_if_asked_for() {
        chosen(Kind.EXACT, "although hnswlib is configured", "hnswlib", 250_001, 100);
        chosen(Kind.EXACT, "at most 250000 items, not 250001", "hnswlib", 250_001, 100);
    }

    @Test
    void what_is_asked_for_is_chosen() {
        chosen(Kind.EXACT, "as configured", "exact", 200_000, 10);
        chosen(Kind.HNSWLIB, "as configured", "hnswlib", 10, 10);
        chosen(Kind.UNION_GRAPH, "as configured", "union-graph", 10, 10);
    }

    @Test
    void an_unknown_setting_is_refused() {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> IndexChoice.of("faiss", 10, 10));
        assertEquals("index is \"faiss\", must be auto, exact, union-graph or hnswlib", refusal.getMessage());
    }
}
