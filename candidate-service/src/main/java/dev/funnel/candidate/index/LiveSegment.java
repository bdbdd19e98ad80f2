package dev.funnel.candidate.index;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.retrieval.Similarity;
import dev.funnel.retrieval.VectorScorer;
import dev.funnel.runtime.wire.ItemOrigin;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Some vectors of live items, never changed; what was replaced or removed since is said beside it. Safe for several threads. */
final class LiveSegment {
    private final int[] items;
    private final ItemOrigin[] origins;
    private final FloatMatrix vectors;
    private final Map<Similarity, VectorScorer> scorers = new ConcurrentHashMap<>();

    /** One row an item. */
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

    void copyVector(int row, float[] into, int at) {
        vectors.copyRow(row, into, at);
    }

    VectorScorer scorer(Similarity similarity) {
        return scorers.computeIfAbsent(similarity, by -> new VectorScorer(vectors, by));
    }

    /** A segment and which of its rows do not count any more. */
    record Part(LiveSegment segment, BitSet dead) {}
}
