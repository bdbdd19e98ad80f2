package dev.funnel.reranker.rerank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.reranker.rule.Dpp;
import dev.funnel.reranker.rule.Shortlist;
import dev.funnel.reranker.rule.SlateRule;
import dev.funnel.reranker.snapshot.KeyColumn;
import dev.funnel.reranker.snapshot.RerankerSnapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DppTest extends SlateRuleContractTest {
    @Override
    SlateRule rule() {
        return new Dpp("dpp", 2, 0.7, 0.3, 0, 500, 1000);
    }

    private static final double LEFT = 1e-6;

    @Test
    void it_chooses_as_the_naive_determinant_does() {
        for (long seed = 0; seed < 15; seed++) {
            for (Dpp rule : List.of(
                    new Dpp("dpp", 0, 1, 0, 0, 500, 1000),
                    new Dpp("dpp", 2, 0.7, 0.3, 0, 500, 1000),
                    new Dpp("dpp", 1, 0.4, 0.3, 0.3, 500, 1000))) {
                Shortlist shortlist = cut(seed, 18).forSlateOf(6);
                assertEquals(
                        naive(rule, shortlist, 6),
                        ids(Slate.fill(List.of(rule), shortlist, false, FAR)),
                        "seed " + seed);
            }
        }
    }

    @Test
    void with_a_window_only_the_last_places_count() {
        for (long seed = 0; seed < 15; seed++) {
            Dpp rule = new Dpp("dpp", 1, 0.7, 0.3, 0, 3, 1000);
            Shortlist shortlist = cut(seed, 18).forSlateOf(9);
            assertEquals(
                    naive(rule, shortlist, 3), ids(Slate.fill(List.of(rule), shortlist, false, FAR)), "seed " + seed);
        }
    }

    @Test
    void much_relevance_is_the_order_of_scores_and_none_is_diversity() {
        Shortlist shortlist = shortlist(4, 4).forSlateOf(10);
        double likeness = similarity(new Dpp("dpp", 100, 1, 0, 0, 500, 1000), shortlist);
        double diverse = similarity(new Dpp("dpp", 0, 1, 0, 0, 500, 1000), shortlist);
        assertTrue(diverse < likeness, diverse + " < " + likeness);
    }

    @Test
    void with_less_effort_only_the_best_of_the_window_are_weighed() {
        for (long seed = 0; seed < 15; seed++) {
            Shortlist shortlist = cut(seed, 18).forSlateOf(6);
            Dpp rule = new Dpp("dpp", 0, 0.7, 0.3, 0, 500, 1000);
            Slate slate = Slate.fill(List.of(rule), shortlist, .003f, false, FAR);
            List<Integer> left = new ArrayList<>(IntStream.range(0, 18).boxed().toList());
            for (int place = 0; place < slate.size(); place++) {
                int among = left.indexOf(slate.rank(place));
                assertTrue(
                        among < 3, "seed " + seed + ": place " + place + " went to number " + among + " of the rest");
                left.remove(among);
            }
        }
    }

    private static double similarity(Dpp rule, Shortlist shortlist) {
        return SlateMeasures.of(Slate.fill(List.of(rule), shortlist, false, FAR))
                .getOrDefault("intra_list_similarity", 1.0);
    }

    private static Shortlist cut(long seed, int size) {
        Shortlist all = shortlist(seed, seed);
        int[] positions = IntStream.range(0, size).map(all::position).toArray();
        return new Shortlist(all.input(), positions, all.input().pool().scores(), size);
    }

    /** Greedy choice by determinants of L worked out anew each time; of the last {@code among} items at most. */
    private static List<String> naive(Dpp rule, Shortlist shortlist, int among) {
        List<Integer> chosen = new ArrayList<>();
        while (chosen.size() < shortlist.places()) {
            List<Integer> window = chosen.subList(Math.max(0, chosen.size() - (among - 1)), chosen.size());
            int best = -1;
            double bestGain = 0;
            for (int rank = 0; rank < shortlist.size(); rank++) {
                double gain = chosen.contains(rank) ? -1 : gain(rule, shortlist, window, rank);
                if (gain > bestGain) {
                    bestGain = gain;
                    best = rank;
                }
            }
            for (int rank = 0; best < 0; rank++) {
                best = chosen.contains(rank) ? -1 : rank;
            }
            chosen.add(best);
        }
        return chosen.stream().map(shortlist::id).toList();
    }

    private static double gain(Dpp rule, Shortlist shortlist, List<Integer> window, int rank) {
        List<Integer> with = new ArrayList<>(window);
        with.add(rank);
        double above = determinant(similarities(rule, shortlist, window));
        double left = determinant(similarities(rule, shortlist, with)) / above;
        return left > LEFT ? left * quality(rule, shortlist, rank) : 0;
    }

    private static double quality(Dpp rule, Shortlist shortlist, int rank) {
        double worst = shortlist.score(shortlist.size() - 1);
        double range = shortlist.score(0) - worst;
        double relevance = range > 0 ? (shortlist.score(rank) - worst) / range : 0;
        return StrictMath.exp(2 * rule.relevance() * relevance);
    }

    private static double[][] similarities(Dpp rule, Shortlist shortlist, List<Integer> ranks) {
        double[][] matrix = new double[ranks.size()][ranks.size()];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix.length; j++) {
                matrix[i][j] = i == j ? 1 : similarity(rule, shortlist, ranks.get(i), ranks.get(j));
            }
        }
        return matrix;
    }

    private static double similarity(Dpp rule, Shortlist shortlist, int a, int b) {
        RerankerSnapshot snapshot = shortlist.input().snapshot();
        float[] left = new float[snapshot.embeddings().dimensions()];
        float[] right = left.clone();
        snapshot.embeddings().copyUnit(shortlist.item(a), left, 0);
        snapshot.embeddings().copyUnit(shortlist.item(b), right, 0);
        double cosine = 0;
        for (int i = 0; i < left.length; i++) {
            cosine += left[i] * right[i];
        }
        Set<Integer> common = keys(snapshot.facts().categories(), shortlist.item(a));
        Set<Integer> union = new HashSet<>(common);
        Set<Integer> others = keys(snapshot.facts().categories(), shortlist.item(b));
        union.addAll(others);
        common.retainAll(others);
        double jaccard = union.isEmpty() ? 0 : (double) common.size() / union.size();
        boolean same = keys(snapshot.facts().uploaders(), shortlist.item(a))
                .equals(keys(snapshot.facts().uploaders(), shortlist.item(b)));
        double whole = rule.embeddingWeight() + rule.categoryWeight() + rule.uploaderWeight();
        return (rule.embeddingWeight() * cosine + rule.categoryWeight() * jaccard + (same ? rule.uploaderWeight() : 0))
                / whole;
    }

    private static Set<Integer> keys(KeyColumn column, int item) {
        Set<Integer> keys = new HashSet<>();
        for (int i = 0; i < column.count(item); i++) {
            keys.add(column.code(item, i));
        }
        return keys;
    }

    /** By elimination. */
    private static double determinant(double[][] matrix) {
        double determinant = 1;
        for (int k = 0; k < matrix.length; k++) {
            determinant *= matrix[k][k];
            for (int i = k + 1; i < matrix.length; i++) {
                double share = matrix[i][k] / matrix[k][k];
                for (int j = k; j < matrix.length; j++) {
                    matrix[i][j] -= share * matrix[k][j];
                }
            }
        }
        return determinant;
    }
}
