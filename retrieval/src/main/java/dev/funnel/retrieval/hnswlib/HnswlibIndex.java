package dev.funnel.retrieval.hnswlib;

import com.github.jelmerk.hnswlib.core.Item;
import com.github.jelmerk.hnswlib.core.SearchResult;
import com.github.jelmerk.hnswlib.core.hnsw.HnswIndex;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.ItemTest;
import dev.funnel.retrieval.ExactScanIndex;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.IndexChoice;
import dev.funnel.retrieval.QueryBounds;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.retrieval.Similarity;
import dev.funnel.retrieval.TopK;
import dev.funnel.retrieval.VectorArithmetic;
import dev.funnel.retrieval.VectorIndex;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * An approximate index: a hierarchical navigable small world graph built by HNSWlib-java (jelmerk) over the points of
 * {@link EuclideanSpace}.
 *
 * <p>The graph proposes, the item matrix disposes: what the graph finds is scored again from the matrix, so scores are bit for bit those
 * of an exact scan. When the filter leaves fewer than were asked for, the search asks the graph for four times as many, and
 * once that costs more than a scan, scans: an approximate answer may miss an item, a filter never empties it.
 *
 * <p>Items are added longest first. The nearest points of most queries are the few longest items, far from the crowd of short
 * ones; added among the crowd they lose their incoming links from it and are never found. On Gaussian items of log-normal
 * length that is the difference between a recall below .5 and one above .95, as HnswlibIndexTest measures.
 *
 * <p>The library cannot be told to stop after so many visits: a limit of them bounds the breadth of the search instead.
 *
 * <p>What the library (1.2.1) demands is kept to here. It deadlocks when more threads add than there are processors: one thread
 * builds. It waits without end when more threads search than there are processors: permits with a deadline stand before it. It
 * never frees a removed slot: the graph is built once, for exactly the items there are. It writes Java serialisation: it is
 * never stored. Its levels are drawn without a seed, so two builds of the same items may differ in what they miss.
 */
public final class HnswlibIndex implements VectorIndex {

    /** A graph asked for more than one item in this many is slower than a scan. */
    private static final int SCAN_SHARE = 10;

    private static final int WIDENING = 4;

    private final FloatMatrix items;
    private final ExactScanIndex exact;
    private final EuclideanSpace space;
    private final HnswIndex<Integer, float[], Point, Float> graph;
    private final HnswlibSettings settings;
    private final Semaphore permits = new Semaphore(Runtime.getRuntime().availableProcessors());

    private HnswlibIndex(
            FloatMatrix items,
            Similarity similarity,
            EuclideanSpace space,
            HnswIndex<Integer, float[], Point, Float> graph,
            HnswlibSettings settings) {
        this.items = items;
        this.exact = new ExactScanIndex(items, similarity);
        this.space = space;
        this.graph = graph;
        this.settings = settings;
    }

    private record Point(Integer id, float[] vector) implements Item<Integer, float[]> {

        private static final long serialVersionUID = 1;

        @Override
        public int dimensions() {
            return vector.length;
        }
    }

    /**
     * Builds the graph on the calling thread, some 2,000 to 3,000 items of 64 dimensions a second.
     *
     * @param items one row per item; read in place, also by later searches, and not closed
     * @throws IllegalArgumentException for more than {@value IndexChoice#MOST_HNSWLIB_ITEMS} items
     * @throws CancellationException if interrupted
     */
    public static HnswlibIndex build(FloatMatrix items, Similarity similarity, HnswlibSettings settings) {
        return build(items, similarity, settings, EuclideanSpace.longestFirst(items));
    }

    /** The same with the items added in a given order. */
    static HnswlibIndex build(FloatMatrix items, Similarity similarity, HnswlibSettings settings, int[] order) {
        IndexChoice.refusal(items.rows()).ifPresent(why -> {
            throw new IllegalArgumentException(why);
        });
        EuclideanSpace space = new EuclideanSpace(items, similarity);
        VectorArithmetic arithmetic = VectorArithmetic.fastest();
        HnswIndex<Integer, float[], Point, Float> graph = HnswIndex.newBuilder(
                        space.pointDimensions(), arithmetic::squaredDistance, Math.max(1, items.rows()))
                .withM(settings.links())
                .withEfConstruction(settings.buildBreadth())
                .withEf(1)
                .build();
        add(items, order, space, graph);
        return new HnswlibIndex(items, similarity, space, graph, settings);
    }

    @Override
    public Hits search(float[] query, int k, ItemTest filter, SearchLimit limit) {
        QueryBounds.check(query, items.columns(), k);
        int wanted = Math.min(k, size());
        if (space.indifferent(query)) {
            return exact.search(query, k, filter, limit);
        }
        float[] point = space.queryPoint(query);
        int breadth = Math.max(wanted, (int) (settings.searchBreadth() * limit.effort()));
        int most = Math.min(size() / SCAN_SHARE, limit.mostVisited());
        Hits hits = Hits.LATE;
        do {
            if (!admitted(limit)) {
                return hits.cutShort();
            }
            int within = Math.min(Math.min(breadth, size()), limit.mostVisited());
            hits = rescored(query, nearest(point, within), wanted, filter);
            if (hits.size() == wanted) {
                return within < breadth && within < size() ? hits.cutShort() : hits;
            }
            breadth *= WIDENING;
        } while (breadth <= most);
        Hits scanned = exact.search(query, k, filter, limit);
        return scanned.complete() ? scanned : hits.cutShort();
    }

    @Override
    public Hits exhaustive(float[] query, int k, ItemTest filter, SearchLimit limit) {
        return exact.search(query, k, filter, limit);
    }

    @Override
    public float score(float[] query, int itemIndex) {
        return exact.score(query, itemIndex);
    }

    @Override
    public void scores(float[] query, int[] named, int count, float[] into) {
        exact.scores(query, named, count, into);
    }

    @Override
    public boolean exact() {
        return false;
    }

    @Override
    public int size() {
        return items.rows();
    }

    /**
     * Bytes it takes besides the item matrix: points, links of the lowest layer, codes of the exact scan; headers of objects not counted.
     */
    public long bytes() {
        long point = (long) space.pointDimensions() * Float.BYTES + 2L * settings.links() * Integer.BYTES;
        return size() * point + exact.bytes();
    }

    @Override
    public String describe() {
        return "hnswlib graph of " + size() + " items in " + items.columns() + " dimensions, " + settings;
    }

    @Override
    public void close() {}

    private static void add(
            FloatMatrix items, int[] order, EuclideanSpace space, HnswIndex<Integer, float[], Point, Float> graph) {
        float[] row = new float[items.columns()];
        for (int item : order) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("interrupted: building the graph of " + items.rows() + " items");
            }
            items.copyRow(item, row, 0);
            graph.add(new Point(item, space.itemPoint(row)));
        }
    }

    /** Waits for a permit to search, until the deadline. */
    private boolean admitted(SearchLimit limit) {
        try {
            long nanosLeft = limit.nanosLeft(System.nanoTime());
            return nanosLeft > 0 && permits.tryAcquire(nanosLeft, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The points nearest to one; gives back the permit. */
    private List<SearchResult<Point, Float>> nearest(float[] point, int count) {
        try {
            return graph.findNearest(point, count);
        } finally {
            permits.release();
        }
    }

    private Hits rescored(float[] query, List<SearchResult<Point, Float>> found, int wanted, ItemTest filter) {
        TopK top = new TopK(wanted);
        int filtered = 0;
        for (SearchResult<Point, Float> result : found) {
            int item = result.item().id();
            float score = exact.score(query, item);
            if (top.wouldKeep(item, score)) {
                if (filter.test(item)) {
                    top.offer(item, score);
                } else {
                    filtered++;
                }
            }
        }
        return top.drain(filtered, true);
    }
}
