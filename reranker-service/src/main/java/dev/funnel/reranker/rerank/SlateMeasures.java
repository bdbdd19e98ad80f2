package dev.funnel.reranker.rerank;

import dev.funnel.bundle.TimeColumn;
import dev.funnel.reranker.rule.Shortlist;
import dev.funnel.reranker.snapshot.Embeddings;
import dev.funnel.reranker.snapshot.KeyColumn;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Measures of a slate as a whole, by name. One that is not defined (no item with an age, no two with an embedding) is left out.
 *
 * <ul>
 *   <li>{@code intra_list_similarity}: mean cosine of the embeddings over all pairs of items that have one, in [-1, 1] (after
 *       Ziegler et al., WWW 2005, section 3.3);
 *   <li>{@code items_without_embedding}: how many items have none;
 *   <li>{@code category_coverage}: share of the shortlist's categories that the slate shows, in [0, 1];
 *   <li>{@code mean_item_age_seconds}: mean of query time minus {@code published_at} over the items that have one;
 *   <li>{@code relevance_kept}: what the slate has of the scores above the shortlist's lowest, divided by what the same number
 *       of best items has, in [0, 1];
 *   <li>{@code <rule>.<what>}: what slate rules tell of their own, e.g. {@code fairness.exposure_share}.
 * </ul>
 */
final class SlateMeasures {
    private final Slate slate;
    private final Shortlist shortlist;
    private final Map<String, Double> measures = new TreeMap<>();

    private SlateMeasures(Slate slate) {
        this.slate = slate;
        this.shortlist = slate.shortlist();
    }

    static Map<String, Double> of(Slate slate) {
        SlateMeasures measures = new SlateMeasures(slate);
        if (slate.size() > 0) {
            measures.similarity();
            measures.coverage();
            measures.age();
            measures.relevance();
            slate.measure(measures.measures::put);
        }
        return measures.measures;
    }

    /** Unit vectors make the sum over all pairs {@code (|sum|^2 - n) / 2}: no pair is looked at. */
    private void similarity() {
        Embeddings embeddings = shortlist.input().snapshot().embeddings();
        float[] unit = new float[embeddings.dimensions()];
        double[] sum = new double[unit.length];
        int count = 0;
        for (int place = 0; place < slate.size(); place++) {
            int item = item(place);
            if (embeddings.has(item)) {
                embeddings.copyUnit(item, unit, 0);
                add(unit, sum);
                count++;
            }
        }
        measures.put("items_without_embedding", (double) slate.size() - count);
        if (count > 1) {
            double similarity = (squares(sum) - count) / ((double) count * (count - 1));
            measures.put("intra_list_similarity", Math.clamp(similarity, -1.0, 1.0));
        }
    }

    private void coverage() {
        KeyColumn categories = shortlist.input().facts().categories();
        BitSet shown = new BitSet();
        for (int place = 0; place < slate.size(); place++) {
            collect(categories, item(place), shown);
        }
        BitSet offered = new BitSet();
        for (int rank = 0; rank < shortlist.size(); rank++) {
            collect(categories, shortlist.item(rank), offered);
        }
        if (!offered.isEmpty()) {
            measures.put("category_coverage", (double) shown.cardinality() / offered.cardinality());
        }
    }

    private void age() {
        long now = shortlist.input().timeMillis();
        IntStream.range(0, slate.size())
                .mapToLong(place -> shortlist.input().facts().publishedAtMillis(item(place)))
                .filter(publishedAt -> publishedAt != TimeColumn.MISSING)
                .mapToDouble(publishedAt -> (now - publishedAt) / 1000.0)
                .average()
                .ifPresent(seconds -> measures.put("mean_item_age_seconds", seconds));
    }

    private void relevance() {
        double lowest = shortlist.score(shortlist.size() - 1);
        double kept = 0;
        double best = 0;
        for (int place = 0; place < slate.size(); place++) {
            kept += shortlist.score(slate.rank(place)) - lowest;
            best += shortlist.score(place) - lowest;
        }
        measures.put("relevance_kept", best > 0 ? kept / best : 1);
    }

    private int item(int place) {
        return shortlist.item(slate.rank(place));
    }

    private static void collect(KeyColumn keys, int item, BitSet into) {
        for (int i = 0, n = keys.count(item); i < n; i++) {
            into.set(keys.code(item, i));
        }
    }

    private static void add(float[] vector, double[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += vector[i];
        }
    }

    private static double squares(double[] vector) {
        double squares = 0;
        for (double value : vector) {
            squares += value * value;
        }
        return squares;
    }
}
