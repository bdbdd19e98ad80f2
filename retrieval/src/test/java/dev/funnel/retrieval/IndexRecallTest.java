package dev.funnel.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.funnel.bundle.FloatMatrix;
import org.junit.jupiter.api.Test;

final class IndexRecallTest {
    private static final FloatMatrix LINE = FloatMatrix.of(new float[] {1, 2, 3, 4}, 4, 1);
    private static final FloatMatrix QUERIES = FloatMatrix.of(new float[] {1, 1, 1, 1, 1}, 5, 1);

    @Test
    void an_index_that_finds_half_of_the_best_has_half_the_recall() {
        VectorIndex exact = new ExactScanIndex(LINE, Similarity.DOT);
        VectorIndex other = new ExactScanIndex(FloatMatrix.of(new float[] {1, 4, 3, 2}, 4, 1), Similarity.DOT);
        assertEquals(0.5, IndexRecall.of(other, exact, QUERIES, 2, 3).recall());
        assertEquals(new IndexRecall(1, 3, 2), IndexRecall.of(exact, exact, QUERIES, 2, 3));
    }

    @Test
    void of_items_that_score_alike_any_is_as_good_as_another() {
        FloatMatrix alike = FloatMatrix.of(new float[] {2, 2, 2, 1}, 4, 1);
        VectorIndex exact = new ExactScanIndex(alike, Similarity.DOT);
        VectorIndex other = new ExactScanIndex(FloatMatrix.of(new float[] {1, 1, 2, 0}, 4, 1), Similarity.DOT);
        assertEquals(1, IndexRecall.of(other, exact, QUERIES, 1, 3).recall());
        VectorIndex wrong = new ExactScanIndex(FloatMatrix.of(new float[] {0, 0, 1, 2}, 4, 1), Similarity.DOT);
        assertEquals(0, IndexRecall.of(wrong, exact, QUERIES, 1, 3).recall());
    }

    @Test
    void a_recall_below_its_target_is_refused_with_both() {
        IllegalStateException refusal =
                assertThrows(IllegalStateException.class, () -> new IndexRecall(0.9, 50, 100).require(0.95));
        assertEquals(
                "recall at 100 over 50 queries is 0.9, must be at least 0.95", String.valueOf(refusal.getMessage()));
        new IndexRecall(0.95, 50, 100).require(0.95);
        assertThrows(IllegalStateException.class, () -> new IndexRecall(Double.NaN, 1, 1).require(0));
    }
}
