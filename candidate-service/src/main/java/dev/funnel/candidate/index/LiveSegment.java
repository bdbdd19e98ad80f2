package dev.funnel.candidate.index;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.retrieval.Similarity;
import dev.funnel.retrieval.VectorScorer;
import dev.funnel.runtime.wire.ItemOrigin;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Some vectors of live items, never changed; what was replaced or removed since is said beside it. Safe for several threads. */
final class LiveSegment {
    private final int[] items;
    private final ItemOrigin[] origins;
    private final FloatMatrix vectors;
    private final Map<Similarity, VectorScorer> scorers = new ConcurrentHashMap<>();

    /** Rows in ascending order of {@code items}. */
    LiveSegment(int[] items, ItemOrigin[] origins, FloatMatrix vectors) {
        this.items = items;
        this.origins = origins;
        this.vectors = vectors;
    }

    int size() {
        return items.length;
    }

    int item(int row) {
        return items[row];
    }

    ItemOrigin origin(int row) {
        return origins[row];
    }

    float[] vector(int row) {
        return vectors.row(row);
    }

    VectorScorer scorer(Similarity similarity) {
        return scorers.computeIfAbsent(similarity, by -> new VectorScorer(vectors, by));
    }

    /** The rows that still count, and which do not. */
    record Part(LiveSegment segment, BitSet dead) {
        /** The row of an item; negative if it has none that counts. */
        int row(int item) {
            int row = Arrays.binarySearch(segment.items, item);
            return row >= 0 && dead.get(row) ? -1 : row;
        }
    }
}
