package dev.funnel.retrieval.graph;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.ItemTest;
import dev.funnel.retrieval.AcceptedItems;
import dev.funnel.retrieval.Bounds;
import dev.funnel.retrieval.HitCollector;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.ItemFilter;
import dev.funnel.retrieval.QueryBounds;
import dev.funnel.retrieval.ScoreHeap;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.retrieval.Similarity;
import dev.funnel.retrieval.VectorArithmetic;
import dev.funnel.retrieval.VectorIndex;
import dev.funnel.retrieval.VectorScorer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.LongSupplier;

/**
 * The approximate index: best-first search over a {@link UnionGraph}. The graph proposes, by eight-bit codes; the item matrix
 * disposes: hits have bit for bit the scores of an exact scan.
 *
 * <p>A filter is tested inside the search: what it rejects is passed through but not found, so that recall does not fall; the work grows
 * as the share that passes shrinks. From where scoring every item that passes is less work, that is done, and the answer is exact. Any
 * number of searches may run at once; the memory of as many as there are processors, twice, is kept for the next.
 */
public final class UnionGraphIndex implements VectorIndex {

    /** Candidates kept at full effort, unless more hits are wanted. */
    public static final int USUAL_BREADTH = 200;

    /** Where searches begin: the longest items if lengths count, otherwise items spread evenly. */
    private static final int ENTRIES = 16;

    /** Scoring one item that a bitmap lets pass costs about as much as this many candidates of a search of full breadth. */
    private static final int ITEMS_PER_CANDIDATE = 24;

    private final UnionGraph graph;
    private final FloatMatrix items;
    private final VectorScorer scorer;
    private final Metric metric;
    private final Links links;
    private final int breadth;
    private final int[] entries;
    private final VectorArithmetic arithmetic;
    private final LongSupplier nanoTime;
    private final ArrayBlockingQueue<Scratch> idle =
            new ArrayBlockingQueue<>(2 * Runtime.getRuntime().availableProcessors());

    private record Scratch(Beam beam, Closeness closeness) {}

    /**
     * An index over a graph.
     *
     * @param vectors the items the graph was built for; read in place, not closed
     * @param breadth candidates a search keeps at full effort, 1 to 100,000; it keeps at least as many as hits are wanted
     */
    public UnionGraphIndex(UnionGraph graph, FloatMatrix vectors, int breadth) {
        this(graph, vectors, breadth, VectorArithmetic.fastest(), System::nanoTime);
    }

    UnionGraphIndex(
            UnionGraph graph, FloatMatrix vectors, int breadth, VectorArithmetic arithmetic, LongSupplier nanoTime) {
        if (vectors.rows() != graph.size()) {
            throw new IllegalArgumentException(
                    "the graph has " + graph.size() + " items, there are " + vectors.rows() + " vectors");
        }
        this.graph = graph;
        this.items = vectors;
        this.scorer = new VectorScorer(vectors, graph.items().similarity(), arithmetic);
        this.metric = Metric.ofQueries(graph.items());
        this.links = graph.asLinks();
        this.breadth = Bounds.require("breadth", breadth, 1, 100_000);
        this.entries = entries(graph.items());
        this.arithmetic = arithmetic;
        this.nanoTime = nanoTime;
    }

    @Override
    public Hits search(float[] query, int k, ItemTest filter, SearchLimit limit) {
        QueryBounds.check(query, items.columns(), k);
        ItemFilter accepted = ItemFilter.of(filter);
        int wanted = Math.min(k, size());
        int kept = Math.min(size(), Math.max(wanted, Math.round(breadth * limit.effort())));
        QueryCodes codes = QueryCodes.of(query, graph.items());
        if (codes.indifferent(graph.items().similarity()) || fewEnough(accepted, kept)) {
            return scan(query, wanted, accepted, limit);
        }
        if (limit.reached(0, nanoTime.getAsLong())) {
            return Hits.LATE;
        }
        Hits hits = walk(query, codes, wanted, kept, accepted, limit);
        return hits.size() == wanted || !hits.complete() ? hits : completed(hits, query, wanted, accepted, limit);
    }

    @Override
    public Hits exhaustive(float[] query, int k, ItemTest filter, SearchLimit limit) {
        QueryBounds.check(query, items.columns(), k);
        return scan(query, Math.min(k, size()), ItemFilter.of(filter), limit);
    }

    @Override
    public float score(float[] query, int itemIndex) {
        return scorer.score(query, itemIndex);
    }

    @Override
    public boolean exact() {
        return false;
    }

    @Override
    public int size() {
        return items.rows();
    }

    @Override
    public String describe() {
        return "union graph of " + size() + " items with " + graph.links() + " links, breadth " + breadth + ", "
                + scorer.describe();
    }

    @Override
    public void close() {
        idle.clear();
    }

    /** Whether scoring all that passes is less work than searching for it. */
    private boolean fewEnough(ItemFilter filter, int kept) {
        if (filter.acceptsAll()) {
            return false;
        }
        double share = filter.share(size());
        double walk = (double) kept * ITEMS_PER_CANDIDATE / Math.max(share, 1.0 / size());
        return share * size() <= walk;
    }

    private Hits scan(float[] query, int wanted, ItemFilter filter, SearchLimit limit) {
        return AcceptedItems.search(filter, size(), new HitCollector(scorer, query, wanted, filter), limit, nanoTime);
    }

    private Hits walk(float[] query, QueryCodes codes, int wanted, int kept, ItemFilter filter, SearchLimit limit) {
        Scratch scratch = idle.poll();
        if (scratch == null) {
            scratch = new Scratch(
                    new Beam(size(), Math.max(ENTRIES, links.most())),
                    new Closeness(graph.items(), metric, arithmetic));
        }
        scratch.closeness().from(codes);
        int[] order = graph.items().order();
        Beam.Passing passing = filter.acceptsAll() ? Beam.Passing.ALL : node -> filter.test(order[node]);
        boolean complete = scratch.beam()
                .search(
                        links,
                        scratch.closeness(),
                        entries,
                        kept,
                        passing,
                        met -> limit.reached(met, nanoTime.getAsLong()));
        HitCollector collector = new HitCollector(scorer, query, wanted, ItemFilter.ALL);
        ScoreHeap found = scratch.beam().found();
        while (found.size() > 0) {
            collector.propose(order[ScoreHeap.item(found.removeRoot())]);
        }
        collector.addFiltered(scratch.beam().filtered());
        idle.offer(scratch);
        return collector.hits(complete);
    }

    /** What the graph leaves short is scanned: an approximate answer may miss an item, a filter never empties it. */
    private Hits completed(Hits hits, float[] query, int wanted, ItemFilter filter, SearchLimit limit) {
        Hits scanned = scan(query, wanted, filter, limit);
        return scanned.complete() ? scanned : hits.cutShort();
    }

    private static int[] entries(CodedItems items) {
        int count = Math.min(ENTRIES, items.size());
        int[] entries = new int[count];
        boolean lengthsCount = Metric.of(items).size() > 1;
        for (int i = 0; i < count; i++) {
            entries[i] = lengthsCount ? i : (int) ((long) i * items.size() / count);
        }
        return entries;
    }

    /** What this index compares by. */
    public Similarity similarity() {
        return graph.items().similarity();
    }
}
