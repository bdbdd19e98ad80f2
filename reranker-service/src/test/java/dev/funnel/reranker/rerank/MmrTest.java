package dev.funnel.reranker.rerank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.reranker.rule.Catalogue;
import dev.funnel.reranker.rule.Mmr;
import dev.funnel.reranker.rule.Request;
import dev.funnel.reranker.rule.Shortlist;
import dev.funnel.reranker.rule.SlateRule;
import dev.funnel.reranker.snapshot.Embeddings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MmrTest extends SlateRuleContractTest {
    @Override
    SlateRule rule() {
        return new Mmr("mmr", 0.6, 0.7, 0.3, 0, 200);
    }

    /**
     * Relevance 1, 0.9, 0.5, 0. At place 2, lambda 0.5: b has 0.45 - 0.5 (same direction as a), c 0.25 - 0 (at right angles),
     * d 0 - 0.5 * cos 45. At place 3: b -0.05, d -0.354.
     */
    @Test
    void the_next_place_goes_to_what_is_relevant_and_unlike_the_places_before() {
        Catalogue catalogue = new Catalogue(2)
                .item("a")
                .vector(1, 0)
                .item("b")
                .vector(3, 0)
                .item("c")
                .vector(0, 2)
                .item("d")
                .vector(1, 1);
        Shortlist shortlist = shortlist(new Request(catalogue)
                .candidate("a", 20)
                .candidate("b", 19)
                .candidate("c", 15)
                .candidate("d", 10)
                .input());
        Mmr embeddingsOnly = new Mmr("mmr", 0.5, 1, 0, 0, 200);
        assertEquals(List.of("a", "c", "b", "d"), slate(embeddingsOnly, shortlist, 4));
    }

    @Test
    void the_reason_compares_an_item_with_those_above_it_never_with_itself() {
        Catalogue catalogue = new Catalogue(2)
                .item("a")
                .vector(1, 0)
                .item("b")
                .vector(3, 0)
                .item("c")
                .vector(0, 2);
        Shortlist shortlist = shortlist(new Request(catalogue)
                .candidate("a", 20)
                .candidate("b", 19)
                .candidate("c", 15)
                .input());
        Slate slate = Slate.fill(List.of(new Mmr("mmr", 0.4, 1, 0, 0, 200)), shortlist.forSlateOf(3), true, FAR);
        assertEquals(List.of("a", "c", "b"), ids(slate));
        assertEquals("like nothing above it", slate.occasion(1, 2).reason());
        assertEquals("similarity 1.00 to 'a' at place 1", slate.cause(1).reason());
    }

    /** As above by categories: Jaccard of a and b is 1, of a and c 1/3, of a and d 0. At place 2: b -0.05, c 0.083, d 0. */
    @Test
    void likeness_by_category_is_the_jaccard_index() {
        Catalogue catalogue = new Catalogue(0)
                .item("a")
                .categories("x", "y")
                .item("b")
                .categories("x", "y")
                .item("c")
                .categories("y", "z")
                .item("d")
                .categories("w");
        Shortlist shortlist = shortlist(new Request(catalogue)
                .candidate("a", 20)
                .candidate("b", 19)
                .candidate("c", 15)
                .candidate("d", 10)
                .input());
        Mmr categoriesOnly = new Mmr("mmr", 0.5, 0, 1, 0, 200);
        assertEquals(List.of("a", "c", "d", "b"), slate(categoriesOnly, shortlist, 4));
    }

    @Test
    void lambda_one_is_the_order_of_the_scores() {
        Shortlist shortlist = shortlist(4, 4);
        List<String> byScore = slate(List.of(), shortlist, 40);
        assertEquals(byScore, slate(new Mmr("mmr", 1, 1, 1, 0, 200), shortlist, 40));
    }

    @Test
    void it_agrees_with_the_definition_written_plainly() {
        for (long seed = 0; seed < 20; seed++) {
            for (int window : new int[] {1, 3, 10, 200}) {
                Shortlist shortlist = shortlist(seed, seed);
                Mmr rule = new Mmr("mmr", 0.4, 1, 0, 0, window);
                assertEquals(plainly(shortlist, 0.4, window, 20), slate(rule, shortlist, 20), "seed " + seed);
            }
        }
    }

    @Test
    void items_without_embedding_and_categories_are_like_nothing() {
        Catalogue catalogue =
                new Catalogue(2).item("a").vector(1, 0).item("b").vector(1, 0).item("c");
        Shortlist shortlist = shortlist(new Request(catalogue)
                .candidate("a", 3)
                .candidate("b", 2)
                .candidate("c", 1.9)
                .input());
        assertEquals(List.of("a", "c", "b"), slate(rule(), shortlist));
        assertEquals(
                1,
                SlateMeasures.of(Slate.fill(List.of(rule()), shortlist.forSlateOf(3), false, FAR))
                        .get("items_without_embedding"));
    }

    @Test
    void weights_that_are_both_zero_are_refused_naming_the_key() {
        Exception refused = assertThrows(IllegalArgumentException.class, () -> new Mmr("mmr", 0.5, 0, 0, 0, 10));
        assertTrue(message(refused).contains("category_weight"), message(refused));
    }

    /** For each place, the best of the first {@code window} free items, every similarity computed anew. */
    private static List<String> plainly(Shortlist shortlist, double lambda, int window, int size) {
        double low = shortlist.score(Math.min(window, shortlist.size()) - 1);
        double span = shortlist.score(0) - low > 0 ? shortlist.score(0) - low : 1;
        List<Integer> free = new ArrayList<>();
        for (int rank = 0; rank < shortlist.size(); rank++) {
            free.add(rank);
        }
        List<Integer> placed = new ArrayList<>();
        while (placed.size() < size) {
            int best = -1;
            double bestGain = Double.NEGATIVE_INFINITY;
            for (int rank : free.subList(0, Math.min(window, free.size()))) {
                double nearest = 0;
                for (int other : placed) {
                    nearest = Math.max(nearest, cosine(shortlist, rank, other));
                }
                double gain = lambda * (shortlist.score(rank) - low) / span - (1 - lambda) * nearest;
                if (gain > bestGain + 1e-6) {
                    best = rank;
                    bestGain = gain;
                }
            }
            placed.add(best);
            free.remove(Integer.valueOf(best));
        }
        return placed.stream().map(shortlist::id).toList();
    }

    private static double cosine(Shortlist shortlist, int a, int b) {
        Embeddings embeddings = shortlist.input().snapshot().embeddings();
        float[] unitA = new float[embeddings.dimensions()];
        float[] unitB = new float[embeddings.dimensions()];
        embeddings.copyUnit(shortlist.item(a), unitA, 0);
        embeddings.copyUnit(shortlist.item(b), unitB, 0);
        double sum = 0;
        for (int i = 0; i < unitA.length; i++) {
            sum += (double) unitA[i] * unitB[i];
        }
        return sum;
    }

    private List<String> slate(SlateRule rule, Shortlist shortlist) {
        return slate(List.of(rule), shortlist, shortlist.size());
    }

    private static List<String> slate(SlateRule rule, Shortlist shortlist, int size) {
        return slate(List.of(rule), shortlist, size);
    }

    private static List<String> slate(List<SlateRule> rules, Shortlist shortlist, int size) {
        return ids(Slate.fill(rules, shortlist.forSlateOf(size), false, FAR));
    }

    private static String message(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }
}
