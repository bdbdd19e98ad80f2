package dev.funnel.candidate.index;

import dev.funnel.bundle.ItemTest;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.retrieval.Similarity;
import dev.funnel.retrieval.TopK;
import dev.funnel.runtime.wire.ItemOrigin;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of live items in one generator's space, searched exactly beside the bundle's index: immutable segments, few because they are
 * merged in tiers (Bentley and Saxe 1980, Decomposable searching problems; as LSM trees and Lucene do). Safe for several threads.
 *
 * @param parts what is searched
 * @param replaced stored items whose vector in the bundle's index does not count any more
 */
public record LiveVectors(List<LiveSegment.Part> parts, BitSet replaced) {
    /** No live items. */
    public static final LiveVectors NONE = new LiveVectors(List.of(), new BitSet());

    private static final int BLOCK = 256;

    public LiveVectors {
        parts = List.copyOf(parts);
    }

    /** What an exact search did. */
    public record Searched(int filtered, boolean complete) {}

    /** Offers every item that the filter accepts, with its score. */
    public Searched offer(float[] query, Similarity similarity, ItemTest filter, SearchLimit limit, TopK best) {
        int filtered = 0;
        int visited = 0;
        float[] scores = new float[BLOCK];
        for (LiveSegment.Part part : parts) {
            for (int from = 0; from < part.segment().size(); from += BLOCK) {
                if (limit.reached(visited, System.nanoTime())) {
                    return new Searched(filtered, false);
                }
                int to = Math.min(from + BLOCK, part.segment().size());
                part.segment().scorer(similarity).scores(query, from, to, scores);
                visited += to - from;
                filtered += offer(part, from, to, scores, filter, best);
            }
        }
        return new Searched(filtered, true);
    }

    private static int offer(LiveSegment.Part part, int from, int to, float[] scores, ItemTest filter, TopK best) {
        int filtered = 0;
        for (int row = from; row < to; row++) {
            int item = part.segment().item(row);
            if (best.wouldKeep(item, scores[row - from]) && !part.dead().get(row)) {
                if (filter.test(item)) {
                    best.offer(item, scores[row - from]);
                } else {
                    filtered++;
                }
            }
        }
        return filtered;
    }

    /** Whether the item has a vector here. */
    public boolean holds(int item) {
        return part(item) != null;
    }

    /** The score of an item that has a vector here: the bits with which {@link #offer} offers it. */
    public float score(float[] query, Similarity similarity, int item) {
        LiveSegment.Part part = required(item);
        return part.segment().scorer(similarity).score(query, part.row(item));
    }

    /** A copy of the vector of an item that has one here. */
    public float[] vector(int item) {
        LiveSegment.Part part = required(item);
        return part.segment().vector(part.row(item));
    }

    /** How an item that has a vector here came to it. */
    public ItemOrigin origin(int item) {
        LiveSegment.Part part = required(item);
        return part.segment().origin(part.row(item));
    }

    private LiveSegment.Part required(int item) {
        LiveSegment.Part part = part(item);
        if (part == null) {
            throw new IllegalArgumentException("item " + item + " has no live vector");
        }
        return part;
    }

    private LiveSegment.@Nullable Part part(int item) {
        for (LiveSegment.Part part : parts) {
            if (part.row(item) >= 0) {
                return part;
            }
        }
        return null;
    }
}
