package dev.funnel.candidate.index;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.ItemTest;
import dev.funnel.retrieval.ExactScanIndex;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.retrieval.Similarity;
import dev.funnel.retrieval.TopK;
import dev.funnel.retrieval.VectorScorer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many items may be looked at, where a search has several parts. */
class SearchBoundsTest {
    private static final int ITEMS = 4_096;
    private static final long LATER = System.nanoTime() + 3_600_000_000_000L;

    private static final FloatMatrix VECTORS = vectors();
    private static final float[] QUERY = {1, 1};

    /** All of one length and near each other, so that nothing is ruled out unseen. */
    private static FloatMatrix vectors() {
        float[] flat = new float[2 * ITEMS];
        for (int i = 0; i < ITEMS; i++) {
            flat[2 * i] = (float) Math.cos(1e-4 * i);
            flat[2 * i + 1] = (float) Math.sin(1e-4 * i);
        }
        return FloatMatrix.of(flat, ITEMS, 2);
    }

    private static boolean completesShards(int most) {
        List<ShardedIndex.Shard> shards = IntStream.range(0, 4)
                .mapToObj(part -> new RowRange(part * ITEMS / 4, (part + 1) * ITEMS / 4))
                .map(rows -> new ShardedIndex.Shard(rows, new ExactScanIndex(rows.of(VECTORS), Similarity.DOT)))
                .toList();
        try (ShardedIndex index = new ShardedIndex(shards, new VectorScorer(VECTORS, Similarity.DOT))) {
            return index.search(QUERY, 10, ItemTest.ALL, new SearchLimit(LATER, 1, most))
                    .complete();
        }
    }

    @Test
    void shards_share_what_may_be_looked_at() {
        assertEquals(true, completesShards(ITEMS));
        assertEquals(false, completesShards(ITEMS / 2)); // enough for one of the four
    }

    @Test
    void live_items_looked_at_are_counted() {
        LiveVectorsWriter writer = new LiveVectorsWriter(0, 2);
        IntStream.range(0, ITEMS).forEach(item -> writer.give(item, VECTORS.row(item)));
        LiveVectors live = writer.publish();
        assertEquals(true, completes(live, ITEMS));
        assertEquals(false, completes(live, ITEMS / 2));
    }

    private static boolean completes(LiveVectors live, int most) {
        return live.offer(QUERY, Similarity.DOT, ItemTest.ALL, new SearchLimit(LATER, 1, most), new TopK(10))
                .complete();
    }
}
