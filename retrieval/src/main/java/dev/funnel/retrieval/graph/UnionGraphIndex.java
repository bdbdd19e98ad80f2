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
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;

/**
 * The approximate index: best-first search over a {@link UnionGraph}. The graph proposes, by eight-bit codes; the item matrix
 * disposes: hits have bit for bit the scores of an exact scan.
 *
 * <p>A filter is tested inside the search, so that it takes no hit's place. With a bitmap the walk meets only items that pass, and goes
 * through others where links lead to few ({@link PassingLinks}); where so few pass that a look at the codes of each is less work, that is
 * done, and the answer is exact ({@link PassingScan}). What a filter without a bitmap rejects is passed through but not found: the
 * work grows as the share that passes shrinks, until scoring every item that passes is less. Any number of searches may run at once; the
 * memory of as many as there are processors, twice, is kept for the next.
 */
public final class UnionGraphIndex implements VectorIndex {

    /** Candidates kept at full effort, unless more hits are wanted. */
    public static final int USUAL_BREADTH = 200;

    /** Where searches begin: the longest items if lengths count, otherwise items spread evenly. */
    private static final int ENTRIES = 16;

    /** A candidate of a walk costs about as much as scoring this many items. */
    private static final int SCORES_PER_CANDIDATE = 24;

    /** A candidate of a walk costs about as much as a look at the codes of this many items of a bitmap. */
    private static final int CODES_PER_CANDIDATE = 120;

    /** With less than this share the links of a node's links hold too few that pass for a walk to go on. */
    private static final double LEAST_WALKED = .02;

    /** So few items per hit wanted are scored without a look at their codes. */
    private static final int FEW_PER_HIT = 4;

    private final UnionGraph graph;
    private final FloatMatrix items;
    private final VectorScorer scorer;
    private final Metric metric;
    private final Links links;
    private final int breadth;
    private final int[] entries;
    private final int[] nodeOf;
    private final VectorArithmetic arithmetic;
    private final LongSupplier nanoTime;
    private final ArrayBlockingQueue<Scratch> idle =
            new ArrayBlockingQueue<>(2 * Runtime.getRuntime().availableProcessors());

    /** How a search is done. */
    private enum Way {
        /** Every item that passes is scored. */
        SCORE,
        /** Every item that a bitmap lets pass is looked at in its codes. */
        SCAN,
        /** The graph is walked. */
        WALK
    }

    private record Scratch(Beam beam, Closeness closeness, PassingNodes passing, PassingScan scan) {}

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
        this.entries = entries(graph.items(), node -> true);
        this.nodeOf = nodeOf(graph.items().order());
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
        Way way = codes.indifferent(graph.items().similarity()) ? Way.SCORE : way(accepted, wanted, kept);
        if (way == Way.SCORE) {
            return scan(query, wanted, accepted, limit);
        }
        if (limit.reached(0, nanoTime.getAsLong())) {
            return Hits.LATE;
        }
        Scratch scratch = scratch();
        scratch.closeness().from(codes);
        Hits hits = way == Way.SCAN
                ? scanPassing(scratch, query, codes, wanted, accepted, limit)
                : walk(scratch, query, wanted, kept, accepted, limit);
        idle.offer(scratch);
        return way == Way.SCAN || hits.size() == wanted || !hits.complete()
                ? hits
                : completed(hits, query, wanted, accepted, limit);
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
    public void scores(float[] query, int[] named, int count, float[] into) {
        scorer.scores(query, named, count, into);
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

    /** What is least work for a filter, by estimates of how many items pass. */
    private Way way(ItemFilter filter, int wanted, int kept) {
        if (filter.acceptsAll()) {
            return Way.WALK;
        }
        double share = filter.share(size());
        double passing = share * size();
        if (!filter.hasBitmap()) {
            double walk = kept / Math.max(share, 1.0 / size());
            return passing <= walk * SCORES_PER_CANDIDATE ? Way.SCORE : Way.WALK;
        }
        if (passing <= (double) wanted * FEW_PER_HIT) {
            return Way.SCORE;
        }
        return share < LEAST_WALKED || passing <= (double) kept * CODES_PER_CANDIDATE ? Way.SCAN : Way.WALK;
    }

    private Scratch scratch() {
        Scratch scratch = idle.poll();
        return scratch != null
                ? scratch
                : new Scratch(
                        new Beam(size(), Math.max(ENTRIES, PassingLinks.most(links))),
                        new Closeness(graph.items(), metric, arithmetic),
                        new PassingNodes(size()),
                        new PassingScan(graph.items()));
    }

    private Hits scanPassing(
            Scratch scratch, float[] query, QueryCodes codes, int wanted, ItemFilter filter, SearchLimit limit) {
        scratch.passing().take(filter, nodeOf);
        return scratch.scan()
                .search(
                        scratch.passing(),
                        scratch.closeness(),
                        new CodedBounds(codes, graph.items()),
                        wanted,
                        filter,
                        new HitCollector(scorer, query, wanted, filter),
                        limit,
                        nanoTime);
    }

    private Hits scan(float[] query, int wanted, ItemFilter filter, SearchLimit limit) {
        return AcceptedItems.search(filter, size(), new HitCollector(scorer, query, wanted, filter), limit, nanoTime);
    }

    private Hits walk(Scratch scratch, float[] query, int wanted, int kept, ItemFilter filter, SearchLimit limit) {
        int[] order = graph.items().order();
        Beam.Passing passing = filter.acceptsAll() ? Beam.Passing.ALL : node -> filter.test(order[node]);
        IntPredicate mayPass = node -> filter.mayPass(order[node]);
        boolean hop = filter.hasBitmap();
        boolean complete = scratch.beam()
                .search(
                        hop ? new PassingLinks(links, mayPass) : Expansion.of(links),
                        scratch.closeness(),
                        hop ? entries(graph.items(), mayPass) : entries,
                        kept,
                        passing,
                        met -> limit.reached(met, nanoTime.getAsLong()));
        HitCollector collector = new HitCollector(scorer, query, wanted, ItemFilter.ALL);
        ScoreHeap found = scratch.beam().found();
        while (found.size() > 0) {
            collector.propose(order[ScoreHeap.item(found.removeRoot())]);
        }
        collector.addFiltered(scratch.beam().filtered());
        return collector.hits(complete);
    }

    /** What the graph leaves short is scanned: an approximate answer may miss an item, a filter never empties it. */
    private Hits completed(Hits hits, float[] query, int wanted, ItemFilter filter, SearchLimit limit) {
        Hits scanned = scan(query, wanted, filter, limit);
        return scanned.complete() ? scanned : hits.cutShort();
    }

    /** The node of each item. */
    private static int[] nodeOf(int[] order) {
        int[] nodes = new int[order.length];
        for (int node = 0; node < order.length; node++) {
            nodes[order[node]] = node;
        }
        return nodes;
    }

    /** Where searches begin, of the nodes that pass. */
    private static int[] entries(CodedItems items, IntPredicate passes) {
        int most = Math.min(ENTRIES, items.size());
        int[] entries = new int[most];
        boolean lengthsCount = Metric.lengthsCount(items);
        int count = 0;
        int node = 0;
        for (int i = 0; i < most; i++) {
            node = Math.max(node, lengthsCount ? 0 : (int) ((long) i * items.size() / most));
            while (node < items.size() && !passes.test(node)) {
                node++;
            }
            if (node < items.size()) {
                entries[count++] = node++;
            }
        }
        return Arrays.copyOf(entries, count);
    }

    /** What this index compares by. */
    public Similarity similarity() {
        return graph.items().similarity();
    }
}
