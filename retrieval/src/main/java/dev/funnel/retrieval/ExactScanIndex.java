package dev.funnel.retrieval;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.ItemTest;
import java.lang.foreign.Arena;
import java.util.function.LongSupplier;

/**
 * The index that rules out no item unseen: exact at every k, next to nothing to build, and free to filter.
 *
 * <p>It looks at items in chunks of {@value #CHUNK}, the longest first, in eight-bit codes of a quarter of the floats' bytes. From the
 * codes follow two bounds of each item's score ({@link CodedQuery}); only items whose upper bound reaches the k-th best lower bound are,
 * in the end, scored from the item matrix: a few more than k. A chunk whose lengths alone bound its scores below that is skipped (Cauchy
 * and Schwarz; Teflioudi et al. 2015, <i>LEMP</i>, section 3.2; Li et al. 2017, <i>FEXIPRO</i>, section 3). Both bounds hold for the
 * scores as floats, so the hits are those of the plain formula, bit for bit.
 *
 * <p>A filter with a bitmap that leaves less than one item in {@value #FEW} is gone by item by item. A filter is asked only about
 * items that would enter the best k, a few hundred of a million.
 */
public final class ExactScanIndex implements VectorIndex {

    /** Items between two looks at the deadline: about a microsecond of work at 64 dimensions. */
    static final int CHUNK = 256;

    private static final int FEW = 32;

    /** A chunk with fewer items that may pass than one in so many is scored without a look at its codes. */
    private static final int FEW_IN_CHUNK = 32;

    private final FloatMatrix items;
    private final Similarity similarity;
    private final VectorScorer scorer;
    private final ScanBlocks blocks;
    private final LongSupplier nanoTime;
    private final Runnable freeing;

    /**
     * An index over the rows of {@code items}, which it also reads in place and does not close; some microseconds an item. Its codes are
     * freed when nobody holds it.
     */
    public ExactScanIndex(FloatMatrix items, Similarity similarity) {
        this(items, similarity, VectorArithmetic.fastest(), System::nanoTime);
    }

    ExactScanIndex(FloatMatrix items, Similarity similarity, VectorArithmetic arithmetic, LongSupplier nanoTime) {
        this(items, similarity, arithmetic, nanoTime, Arena.ofAuto(), () -> {});
    }

    /**
     * The same for one that is replaced now and then: {@link #close} frees its codes. Those of a retired one would else wait for a
     * collection of the whole heap, which a service with little garbage puts off for many versions.
     */
    public static ExactScanIndex closeable(FloatMatrix items, Similarity similarity) {
        Arena memory = Arena.ofShared();
        try {
            return new ExactScanIndex(
                    items, similarity, VectorArithmetic.fastest(), System::nanoTime, memory, memory::close);
        } catch (RuntimeException | OutOfMemoryError e) {
            memory.close();
            throw e;
        }
    }

    private ExactScanIndex(
            FloatMatrix items,
            Similarity similarity,
            VectorArithmetic arithmetic,
            LongSupplier nanoTime,
            Arena memory,
            Runnable freeing) {
        this.items = items;
        this.similarity = similarity;
        this.scorer = new VectorScorer(items, similarity, arithmetic);
        this.blocks = new ScanBlocks(items, similarity, arithmetic, memory);
        this.nanoTime = nanoTime;
        this.freeing = freeing;
    }

    @Override
    public Hits search(float[] query, int k, ItemTest filter, SearchLimit limit) {
        QueryBounds.check(query, items.columns(), k);
        ItemFilter accepted = ItemFilter.of(filter);
        int wanted = Math.min(k, size());
        HitCollector collector = new HitCollector(scorer, query, wanted, accepted);
        return accepted.hasBitmap() && accepted.share(size()) * FEW < 1
                ? AcceptedItems.search(accepted, size(), collector, limit, nanoTime)
                : new Scan(query, wanted, accepted).run(collector, limit);
    }

    @Override
    public Hits exhaustive(float[] query, int k, ItemTest filter, SearchLimit limit) {
        return search(query, k, filter, limit);
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
        return true;
    }

    @Override
    public int size() {
        return items.rows();
    }

    @Override
    public String describe() {
        return "exact scan of " + size() + " items, " + scorer.describe();
    }

    /** Bytes it takes besides the item matrix. */
    public long bytes() {
        return blocks.bytes();
    }

    @Override
    public void close() {
        freeing.run();
    }

    /** One search. */
    private final class Scan {
        private final float[] query;
        private final CodedQuery coded;
        private final ItemFilter filter;
        private final Survivors survivors;
        private final int[] dots = new int[CHUNK];
        private final float[] bounds = new float[CHUNK];
        private final int[] named = new int[CHUNK];

        Scan(float[] query, int wanted, ItemFilter filter) {
            this.query = query;
            this.coded = new CodedQuery(query, similarity);
            this.filter = filter;
            this.survivors = new Survivors(wanted, filter);
        }

        Hits run(HitCollector collector, SearchLimit limit) {
            int visited = 0;
            boolean complete = true;
            for (int from = 0; from < size() && complete; from += CHUNK) {
                complete = !limit.reached(visited, nanoTime.getAsLong());
                int to = Math.min(from + CHUNK, size());
                if (complete && !(blocks.bound(coded, from, to) < survivors.threshold())) {
                    visit(from, to);
                    visited += to - from;
                }
            }
            survivors.settle(collector);
            return collector.hits(complete);
        }

        private void visit(int from, int to) {
            int passing = filter.hasBitmap() ? passing(from, to) : to - from;
            if (passing * FEW_IN_CHUNK < to - from) {
                score(passing);
            } else {
                blocks.bounds(coded, from, to, dots, bounds);
                addUnbounded(from, to);
            }
        }

        /** Names the items of a chunk that the bitmap lets pass; returns how many. */
        private int passing(int from, int to) {
            int count = 0;
            for (int rank = from; rank < to; rank++) {
                int item = blocks.item(rank);
                named[count] = item;
                count += filter.mayPass(item) ? 1 : 0;
            }
            return count;
        }

        /** Adds the items named with their scores. */
        private void score(int count) {
            scorer.scores(query, named, count, bounds);
            for (int i = 0; i < count; i++) {
                survivors.add(named[i], bounds[i], bounds[i]);
            }
        }

        private void addUnbounded(int from, int to) {
            float threshold = survivors.threshold();
            for (int rank = from; rank < to; rank++) {
                float upper = bounds[rank - from];
                if (!(upper < threshold) && filter.mayPass(blocks.item(rank))) {
                    survivors.add(blocks.item(rank), blocks.lower(coded, rank, upper), upper);
                    threshold = survivors.threshold();
                }
            }
        }
    }
}
