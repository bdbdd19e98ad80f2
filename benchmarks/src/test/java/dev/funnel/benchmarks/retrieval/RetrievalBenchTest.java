package dev.funnel.benchmarks.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.retrieval.IndexChoice;
import dev.funnel.retrieval.Similarity;
import dev.funnel.trainer.Progress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetrievalBenchTest {

    private static final int K = 10;

    @ParameterizedTest
    @ValueSource(strings = {"dot", "cosine", "euclidean", "norm-tempered-dot:0.5"})
    void every_contender_is_measured(String similarity) throws Exception {
        List<Point> points = run(RetrievalBench.labels(), Similarity.labelled(similarity), List.of(1.));
        assertEquals(
                RetrievalBench.labels(),
                points.stream().map(Point::index).distinct().toList());
        points.forEach(point -> assertTrue(point.recall() > .2 && point.qpsOneThread() > 0, point.toString()));
    }

    @Test
    void an_index_says_what_it_takes_and_a_stored_one_how_long_it_takes_to_open() throws Exception {
        for (Point point : run(List.of("union-graph", "hnswlib"), Similarity.DOT, List.of(1.))) {
            assertTrue(point.bytes() > 400 * 8, point.toString());
            Double open = point.openSeconds();
            assertEquals(point.index().equals("union-graph"), open != null && open > 0, point.toString());
        }
    }

    @Test
    void exact_contenders_find_everything_through_a_filter() throws Exception {
        List<Point> exact = run(List.of("float-scan", "exact"), Similarity.DOT, List.of(1., .2));
        assertEquals(4, exact.size());
        exact.forEach(point -> assertEquals(1, point.recall(), point.index()));
    }

    @Test
    void an_index_that_is_not_built_over_so_many_items_says_why() {
        int most = IndexChoice.MOST_HNSWLIB_ITEMS;
        assertTrue(RetrievalBench.refusal("hnswlib", most).isEmpty());
        String refusal = RetrievalBench.refusal("hnswlib", most + 1).orElseThrow();
        assertTrue(refusal.contains("at most " + most + " items, not " + (most + 1)), refusal);
        assertTrue(RetrievalBench.refusal("union-graph", most + 1).isEmpty());
    }

    private static List<Point> run(List<String> contenders, Similarity similarity, List<Double> filterShares)
            throws Exception {
        VectorSet set = VectorSets.synthetic(400, 8, 7, 5, similarity, K, 2, Progress.SILENT);
        List<Point> points = new ArrayList<>();
        new RetrievalBench(contenders, K, filterShares, .001, 2).run(set, points::add, Progress.SILENT);
        return points;
    }
}
