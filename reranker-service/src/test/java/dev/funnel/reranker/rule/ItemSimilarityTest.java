package dev.funnel.reranker.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ItemSimilarityTest {
    private static final double EXACT = 1e-6;

    @Test
    void it_is_the_weighted_mean_of_cosine_and_jaccard() {
        ItemSimilarity similarity = similarity(3, 1);
        assertEquals((3 * 0.6 + 1 / 3.0) / 4, similarity.of(0, 1), EXACT);
        assertEquals(similarity.of(0, 1), similarity.of(1, 0), EXACT);
    }

    @Test
    void opposite_embeddings_are_not_alike_rather_than_less_than_that() {
        assertEquals(0, similarity(1, 0).of(0, 2), EXACT);
    }

    @Test
    void a_part_that_either_item_lacks_is_left_out() {
        assertEquals(1 / 3.0, similarity(3, 1).of(1, 3), EXACT);
        assertEquals(0.6, similarity(3, 1).of(1, 4), EXACT);
        assertEquals(0, similarity(3, 1).of(3, 4), EXACT);
    }

    @Test
    void an_item_is_wholly_like_itself() {
        assertEquals(1, similarity(2, 5).of(1, 1), EXACT);
    }

    @Test
    void the_inner_product_agrees_with_its_definition_for_every_length() {
        for (int n = 0; n < 40; n++) {
            Random random = new Random(n);
            float[] vectors = new float[2 * n + 3];
            for (int i = 0; i < vectors.length; i++) {
                vectors[i] = (float) random.nextGaussian();
            }
            double expected = 0;
            for (int i = 0; i < n; i++) {
                expected += (double) vectors[1 + i] * vectors[n + 2 + i];
            }
            assertEquals(expected, ItemSimilarity.dot(vectors, 1, n + 2, n), 1e-4, "length and seed " + n);
        }
    }

    /** Ranks 0 to 4: a, b, opposite, bare (categories only), plain (embedding only). */
    private static ItemSimilarity similarity(double embeddingWeight, double categoryWeight) {
        Catalogue catalogue = new Catalogue(2)
                .item("a")
                .vector(2, 0)
                .categories("x", "y")
                .item("b")
                .vector(3, 4)
                .categories("y", "z")
                .item("opposite")
                .vector(-1, 0)
                .item("bare")
                .categories("x", "y")
                .item("plain")
                .vector(1, 0);
        Request request = new Request(catalogue);
        catalogue.ids().forEach(id -> request.candidate(id, 1));
        RerankInput input = request.input();
        Shortlist shortlist =
                new Shortlist(input, new int[] {0, 1, 2, 3, 4}, input.pool().scores());
        return new ItemSimilarity(shortlist, embeddingWeight, categoryWeight);
    }
}
