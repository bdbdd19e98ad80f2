package dev.funnel.reranker.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funnel.reranker.snapshot.Embeddings;
import dev.funnel.reranker.snapshot.KeyColumn;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ItemSimilarityTest {
    private static final double EXACT = 1e-6;

    @Test
    void it_is_the_weighted_mean_of_cosine_and_jaccard() {
        ItemSimilarity similarity = similarity(3, 1);
        assertEquals((3 * 0.6 + 1 / 3.0) / 4, similarity(similarity, 0, 1), EXACT);
        assertEquals(similarity(similarity, 0, 1), similarity(similarity, 1, 0), EXACT);
    }

    @Test
    void opposite_embeddings_are_not_alike_rather_than_less_than_that() {
        assertEquals(0, similarity(similarity(1, 0), 0, 2), EXACT);
    }

    @Test
    void a_part_that_either_item_lacks_is_left_out() {
        assertEquals(1 / 3.0, similarity(similarity(3, 1), 1, 3), EXACT);
        assertEquals(0.6, similarity(similarity(3, 1), 1, 4), EXACT);
        assertEquals(0, similarity(similarity(3, 1), 3, 4), EXACT);
    }

    @Test
    void an_item_is_wholly_like_itself() {
        assertEquals(1, similarity(similarity(2, 5), 1, 1), EXACT);
    }

    @Test
    void one_against_all_agrees_with_the_definition_however_many_are_gathered() {
        for (int size : new int[] {1, 2, 3, 17, 100}) {
            Catalogue catalogue = Catalogue.random(size, 7, size);
            Shortlist shortlist = shortlist(catalogue);
            ItemSimilarity similarity = new ItemSimilarity(shortlist, new SimilarityWeights(2, 1, 0), 2);
            for (int a = 0; a < size; a++) {
                float[] all = similarity.toAll(similarity.slot(a));
                for (int b = 0; b <= a; b++) {
                    assertEquals(defined(shortlist, a, b), all[similarity.slot(b)], 1e-5, "size and seed " + size);
                }
            }
        }
    }

    private static double defined(Shortlist shortlist, int a, int b) {
        Embeddings embeddings = shortlist.input().snapshot().embeddings();
        double weights = 0;
        double sum = 0;
        if (embeddings.has(shortlist.item(a)) && embeddings.has(shortlist.item(b))) {
            float[] units = new float[14];
            embeddings.copyUnit(shortlist.item(a), units, 0);
            embeddings.copyUnit(shortlist.item(b), units, 7);
            double dot = 0;
            for (int i = 0; i < 7; i++) {
                dot += units[i] * units[7 + i];
            }
            weights += 2;
            sum += 2 * Math.max(0, dot);
        }
        Set<Integer> both = categories(shortlist, a);
        Set<Integer> either = categories(shortlist, a);
        if (!both.isEmpty() && !categories(shortlist, b).isEmpty()) {
            both.retainAll(categories(shortlist, b));
            either.addAll(categories(shortlist, b));
            weights += 1;
            sum += (double) both.size() / either.size();
        }
        return weights == 0 ? 0 : sum / weights;
    }

    private static Set<Integer> categories(Shortlist shortlist, int rank) {
        KeyColumn column = shortlist.input().facts().categories();
        Set<Integer> codes = new HashSet<>();
        for (int i = 0; i < column.count(shortlist.item(rank)); i++) {
            codes.add(column.code(shortlist.item(rank), i));
        }
        return codes;
    }

    private static float similarity(ItemSimilarity similarity, int a, int b) {
        int slotA = similarity.slot(a);
        int slotB = similarity.slot(b);
        return similarity.toAll(slotA)[slotB];
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
        return new ItemSimilarity(shortlist(catalogue), new SimilarityWeights(embeddingWeight, categoryWeight, 0), 2);
    }

    private static Shortlist shortlist(Catalogue catalogue) {
        Request request = new Request(catalogue);
        catalogue.ids().forEach(id -> request.candidate(id, 1));
        RerankInput input = request.input();
        int[] positions = IntStream.range(0, input.pool().size()).toArray();
        return new Shortlist(input, positions, input.pool().scores(), 500);
    }
}
