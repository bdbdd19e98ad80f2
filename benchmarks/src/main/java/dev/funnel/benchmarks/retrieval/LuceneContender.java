package dev.funnel.benchmarks.retrieval;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.ItemTest;
import dev.funnel.retrieval.Similarity;
import dev.funnel.trainer.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.lucene.codecs.hnsw.FlatVectorScorerUtil;
import org.apache.lucene.codecs.hnsw.FlatVectorsScorer;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.KnnCollector;
import org.apache.lucene.search.TaskExecutor;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.hnsw.HnswConcurrentMergeBuilder;
import org.apache.lucene.util.hnsw.HnswGraphBuilder;
import org.apache.lucene.util.hnsw.HnswGraphSearcher;
import org.apache.lucene.util.hnsw.OnHeapHnswGraph;
import org.apache.lucene.util.hnsw.RandomVectorScorer;
import org.apache.lucene.util.hnsw.RandomVectorScorerSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lucene's HNSW graph, on the heap and in one segment, without the rest of a search engine around it.
 *
 * @param reduced true: Euclidean over the {@link ReducedSpace}; false: Lucene's own maximum inner product, a graph over raw inner products
 */
record LuceneContender(boolean reduced) implements Contender {

    private static final int LINKS = 16;
    private static final int BUILD_BREADTH = 200;
    private static final long SEED = 42;

    @Override
    public String label() {
        return reduced ? "lucene" : "lucene-raw";
    }

    @Override
    public boolean peer() {
        return true;
    }

    @Override
    public Built build(VectorSet set, int threads, Progress progress) throws IOException {
        ReducedSpace space = new ReducedSpace(set.items(), set.similarity());
        boolean raw = !reduced && set.similarity() == Similarity.DOT;
        VectorSimilarityFunction function =
                raw ? VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT : VectorSimilarityFunction.EUCLIDEAN;
        FloatVectorValues points = points(set.items(), space, raw);
        FlatVectorsScorer scorer = FlatVectorScorerUtil.getLucene99FlatVectorsScorer();
        try (ExecutorService executor = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("bench-", 0).factory())) {
            RandomVectorScorerSupplier scores = scorer.getRandomVectorScorerSupplier(function, points);
            OnHeapHnswGraph empty = HnswGraphBuilder.create(scores, LINKS, BUILD_BREADTH, SEED, points.size())
                    .getGraph();
            OnHeapHnswGraph graph = new HnswConcurrentMergeBuilder(
                            new TaskExecutor(executor), threads, scores, LINKS, BUILD_BREADTH, empty, null)
                    .build(points.size());
            return new Graph(graph, points, scorer, function, raw ? null : space);
        }
    }

    private static FloatVectorValues points(FloatMatrix items, ReducedSpace space, boolean raw) {
        List<float[]> points = new ArrayList<>(items.rows());
        for (int item = 0; item < items.rows(); item++) {
            points.add(raw ? items.row(item) : space.item(items.row(item)));
        }
        return FloatVectorValues.fromFloats(points, points.getFirst().length);
    }

    private record Graph(
            OnHeapHnswGraph graph,
            FloatVectorValues points,
            FlatVectorsScorer scorer,
            VectorSimilarityFunction function,
            @Nullable ReducedSpace space)
            implements Built {

        @Override
        public int[] efforts(int k) {
            return Efforts.beams(k, points.size());
        }

        @Override
        public int[] search(float[] query, int k, int effort, ItemTest filter) throws IOException {
            RandomVectorScorer scores =
                    scorer.getRandomVectorScorer(function, points, space == null ? query : space.query(query));
            Bits accepted = filter == ItemTest.ALL ? null : new Accepted(filter, points.size());
            KnnCollector found = HnswGraphSearcher.search(scores, effort, graph, accepted, Integer.MAX_VALUE);
            TopDocs best = found.topDocs();
            int[] items = new int[Math.min(k, best.scoreDocs.length)];
            for (int i = 0; i < items.length; i++) {
                items[i] = best.scoreDocs[i].doc;
            }
            return items;
        }

        @Override
        public long bytes() {
            return graph.ramBytesUsed()
                    + (space == null ? 0L : (long) points.size() * points.dimension() * Float.BYTES);
        }
    }

    private record Accepted(ItemTest filter, int length) implements Bits {

        @Override
        public boolean get(int index) {
            return filter.test(index);
        }
    }
}
