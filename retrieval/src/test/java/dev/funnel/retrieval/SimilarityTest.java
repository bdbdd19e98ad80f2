package dev.funnel.retrieval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.funnel.bundle.FloatMatrix;
import org.junit.jupiter.api.Test;

final class SimilarityTest {
    private static final FloatMatrix ITEMS = FloatMatrix.of(new float[] {3, 4, 0, 0, 1, 0}, 3, 2);
    private static final float[] QUERY = {2, 0};

    private static float score(Similarity similarity, int item) {
        return new VectorScorer(ITEMS, similarity).score(QUERY, item);
    }

    @Test
    void the_plain_ones_are_what_one_computes_by_hand() {
        assertEquals(6, score(Similarity.DOT, 0));
        assertEquals(0.6f, score(Similarity.COSINE, 0), 1e-7f);
        assertEquals(-17, score(Similarity.EUCLIDEAN, 0));
    }

    @Test
    void the_zero_vector_is_like_nothing() {
        assertEquals(0, score(Similarity.COSINE, 1));
        assertEquals(0, score(Similarity.DOT, 1));
        assertEquals(-4, score(Similarity.EUCLIDEAN, 1));
    }

    @Test
    void the_order_of_items_differs_between_them() {
        assertEquals(1, score(Similarity.COSINE, 2), 1e-7f);
        assertEquals(2, score(Similarity.DOT, 2));
    }

    @Test
    void the_norm_tempered_dot_lies_between_dot_and_cosine() {
        assertEquals(0.6f * Math.sqrt(2 * 5), score(Similarity.normTemperedDot(0.5), 0), 1e-6f);
        assertEquals(0, score(Similarity.normTemperedDot(0.5), 1));
        assertEquals(score(Similarity.DOT, 0), score(Similarity.normTemperedDot(0.999_999), 0), 1e-4f);
        assertEquals(score(Similarity.COSINE, 0), score(Similarity.normTemperedDot(0.000_001), 0), 1e-4f);
    }

    @Test
    void an_exponent_that_a_formula_does_not_have_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> Similarity.normTemperedDot(1));
        assertThrows(IllegalArgumentException.class, () -> Similarity.labelled("norm-tempered-dot:NaN"));
        assertThrows(IllegalArgumentException.class, () -> Similarity.labelled("norm-tempered-dot:half"));
        assertEquals(Similarity.normTemperedDot(0.5), Similarity.labelled("norm-tempered-dot:0.5"));
    }

    @Test
    void labels_are_found_and_unknown_ones_refused() {
        assertEquals(Similarity.COSINE, Similarity.labelled("cosine"));
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> Similarity.labelled("Dot"));
        assertEquals(
                "similarity is \"Dot\", must be one of dot, cosine, euclidean, norm-tempered-dot:<exponent>",
                refusal.getMessage());
    }

    @Test
    void vectors_next_to_nothing_have_no_direction_and_a_score_that_is_a_number() {
        FloatMatrix items = FloatMatrix.of(new float[] {1e-22f, 0, 0, 1e-22f, 1, 1}, 3, 2);
        VectorScorer scorer = new VectorScorer(items, Similarity.COSINE);
        float[] scores = new float[3];
        scorer.scores(new float[] {0, 1e-22f}, 0, 3, scores);
        assertArrayEquals(new float[3], scores);
    }
}
