package dev.funnel.benchmarks.retrieval;

import com.github.jelmerk.hnswlib.core.Item;
import com.github.jelmerk.hnswlib.core.SearchResult;
import com.github.jelmerk.hnswlib.core.hnsw.HnswIndex;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.ItemTest;
import dev.funnel.retrieval.VectorArithmetic;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.fit.RowPool;
import java.util.List;

/**
 * HNSWlib-java (jelmerk): points of the {@link ReducedSpace}, distances in the lanes of the Vector API, items in their own order, at
 * most as many adding threads as processors (more deadlock it). What Funnel makes of the same library is the contender {@code hnswlib}.
 */
record JelmerkContender() implements Contender {

    private static final int LINKS = 16;
    private static final int BUILD_BREADTH = 200;

    @Override
    public String label() {
        return "jelmerk";
    }

    @Override
    public boolean peer() {
        return true;
    }

    private record Point(Integer id, float[] vector) implements Item<Integer, float[]> {

        private static final long serialVersionUID = 1;

        @Override
        public int dimensions() {
            return vector.length;
        }
    }

    @Override
    public Built build(VectorSet set, int threads, Progress progress) {
        FloatMatrix items = set.items();
        ReducedSpace space = new ReducedSpace(items, set.similarity());
        VectorArithmetic arithmetic = VectorArithmetic.fastest();
        HnswIndex<Integer, float[], Point, Float> graph = HnswIndex.newBuilder(
                        space.dimensions(), arithmetic::squaredDistance, Math.max(1, items.rows()))
                .withM(LINKS)
                .withEfConstruction(BUILD_BREADTH)
                .withEf(1)
                .build();
        int atOnce = Math.min(threads, Runtime.getRuntime().availableProcessors());
        try (RowPool pool = new RowPool(atOnce)) {
            pool.forEachRow(
                    items.rows(),
                    () -> item -> graph.add(new Point(item, space.item(items.row(item)))),
                    "building " + label(),
                    progress);
        }
        return new Graph(graph, space, items);
    }

    private record Graph(HnswIndex<Integer, float[], Point, Float> graph, ReducedSpace space, FloatMatrix items)
            implements Built {

        @Override
        public int[] efforts(int k) {
            return Efforts.beams(k, items.rows());
        }

        @Override
        public int[] search(float[] query, int k, int effort, ItemTest filter) {
            List<SearchResult<Point, Float>> found = graph.findNearest(space.query(query), effort);
            return found.stream()
                    .mapToInt(result -> result.item().id())
                    .filter(filter::test)
                    .limit(k)
                    .toArray();
        }

        /** Links and points; objects' headers not counted. */
        @Override
        public long bytes() {
            return (long) items.rows() * (2L * LINKS * Integer.BYTES + (long) space.dimensions() * Float.BYTES);
        }
    }
}
