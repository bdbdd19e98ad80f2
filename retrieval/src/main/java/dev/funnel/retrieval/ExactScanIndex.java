package dev.funnel.retrieval;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.ItemTest;
import java.util.function.LongSupplier;

/**
 * The index that rules out no item unseen: exact at every k, next to nothing to build, and free to filter.
 *
 * <p>It looks at items in chunks of {@value #CHUNK}, the longest first, in eight-bit codes of a quarter of the floats' bytes. From
 * the codes follows an upper bound of each item's score ({@link CodedQuery}); only items whose bound reaches the worst of the best
 * k so far are scored from the item matrix. A chunk whose lengths alone bound its scores below that is skipped (Cauchy and
 * Schwarz; Teflioudi et al. 2015, <i>LEMP</i>, section 3.2; Li et al. 2017, <i>FEXIPRO</i>, section 3). Both bounds hold for the
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
    private static final int FEW_IN_CHUNK = 8;

    private final FloatMatrix items;
    private final Similarity similarity;
    private final VectorScorer scorer;
    private final ScanBlocks blocks;
    private final LongSupplier nanoTime;

    /** An index over the rows of {@code items}, which it also reads in place and does not close; some 100 ns an item. */
    public ExactScanIndex(FloatMatrix items, Similarity similarity) {
        this(items, similarity, VectorArithmetic.fastest(), System::nanoTime);
    }

    ExactScanIndex(FloatMatrix items, Similarity similarity, VectorArithmetic arithmetic, LongSupplier nanoTime) {
        this.items = items;
        this.similarity = similarity;
        this.scorer = new VectorScorer(items, similarity, arithmetic);
        this.blocks = new ScanBlocks(items, similarity, arithmetic);
        this.nanoTime = nanoTime;
    }

    @Override
    public Hits search(float[] query, int k, ItemTest filter, SearchLimit limit) {
        QueryBounds.check(query, items.columns(), k);
        ItemFilter accepted = ItemFilter.of(filter);
        HitCollector collector = new HitCollector(scorer, query, Math.min(k, size()), accepted);
        return accepted.hasBitmap() && accepted.share(size()) * FEW < 1
                ? AcceptedItems.search(accepted, size(), collector, limit, nanoTime)
                : scan(new CodedQuery(query, similarity), accepted, collector, limit);
    }

    @Override
    public float score(float[] query, int itemIndex) {
        return scorer.score(query, itemIndex);
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
    public void close() {}

    private Hits scan(CodedQuery query, ItemFilter filter, HitCollector collector, SearchLimit limit) {
        int[] dots = new int[CHUNK];
        float[] bounds = new float[CHUNK];
        int visited = 0;
        for (int from = 0; from < size(); from += CHUNK) {
            if (limit.reached(visited, nanoTime.getAsLong())) {
                return collector.hits(false);
            }
            int to = Math.min(from + CHUNK, size());
            if (blocks.bound(query, from, to) < collector.threshold()) {
                continue;
            }
            visited += to - from;
            if (filter.hasBitmap() && mayPass(filter, from, to) * FEW_IN_CHUNK < CHUNK) {
                proposeAll(filter, from, to, collector);
            } else {
                blocks.bounds(query, from, to, dots, bounds);
                propose(bounds, filter, from, to, collector);
            }
            collector.settle();
        }
        return collector.hits(true);
    }

    private int mayPass(ItemFilter filter, int from, int to) {
        int count = 0;
        for (int rank = from; rank < to; rank++) {
            count += filter.mayPass(blocks.item(rank)) ? 1 : 0;
        }
        return count;
    }

    private void proposeAll(ItemFilter filter, int from, int to, HitCollector collector) {
        for (int rank = from; rank < to; rank++) {
            if (filter.mayPass(blocks.item(rank))) {
                collector.propose(blocks.item(rank));
            }
        }
    }

    /** Proposes what is not bounded below the hits; a bound that is not a number bounds nothing. */
    private void propose(float[] bounds, ItemFilter filter, int from, int to, HitCollector collector) {
        for (int rank = from; rank < to; rank++) {
            if (!(bounds[rank - from] < collector.threshold()) && filter.mayPass(blocks.item(rank))) {
                collector.propose(blocks.item(rank));
            }
        }
    }
}
