package dev.funnel.candidate.index;

import dev.funnel.bundle.ItemTest;
import dev.funnel.bundle.PagedInts;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.retrieval.Similarity;
import dev.funnel.retrieval.TopK;
import dev.funnel.runtime.wire.ItemOrigin;
import java.util.BitSet;
import java.util.List;

/**
 * The vectors of live items in one generator's space, searched exactly beside the bundle's index: immutable segments, few because they are
 * merged in tiers (Bentley and Saxe 1980, Decomposable searching problems; as LSM trees and Lucene do). Safe for several threads.
 *
 * @param parts what is searched
 * @param replaced stored items whose vector in the bundle's index does not count any more
 * @param places by item, the part and the row where its vector is, or {@link #NOWHERE}
 */
public record LiveVectors(List<LiveSegment.Part> parts, BitSet replaced, PagedInts places) {
    /** What {@link #places} has for an item without a live vector. */
    static final int NOWHERE = -1;

    /** There may be so many parts. */
    static final int MOST_PARTS = 32;

    private static final int ROW_BITS = 26; // beside a part below MOST_PARTS, and never negative

    /** No live items. */
    public static final LiveVectors NONE =
            new LiveVectors(List.of(), new BitSet(), new PagedInts.Writer(0, NOWHERE).snapshot());

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
        return places.get(item) != NOWHERE;
    }

    /** The score of an item that has a vector here: the bits with which {@link #offer} offers it. */
    public float score(float[] query, Similarity similarity, int item) {
        int place = required(item);
        return segment(place).scorer(similarity).score(query, row(place));
    }

    /** Writes the score of each of the first {@code count} items named that has a vector here; the others are left as they are. */
    public void scores(float[] query, Similarity similarity, int[] named, int count, float[] into) {
        int[] rows = new int[count];
        int[] at = new int[count];
        float[] scores = new float[count];
        for (int part = 0; part < parts.size(); part++) {
            int held = 0;
            for (int i = 0; i < count; i++) {
                int place = places.get(named[i]);
                if (place != NOWHERE && part(place) == part) {
                    rows[held] = row(place);
                    at[held++] = i;
                }
            }
            if (held > 0) {
                parts.get(part).segment().scorer(similarity).scores(query, rows, held, scores);
                for (int i = 0; i < held; i++) {
                    into[at[i]] = scores[i];
                }
            }
        }
    }

    /** A copy of the vector of an item that has one here. */
    public float[] vector(int item) {
        int place = required(item);
        return segment(place).vector(row(place));
    }

    /** How an item that has a vector here came to it. */
    public ItemOrigin origin(int item) {
        int place = required(item);
        return segment(place).origin(row(place));
    }

    private int required(int item) {
        int place = places.get(item);
        if (place == NOWHERE) {
            throw new IllegalArgumentException("item " + item + " has no live vector");
        }
        return place;
    }

    private LiveSegment segment(int place) {
        return parts.get(part(place)).segment();
    }

    /** What {@code places} has for an item in a row of a part. */
    static int place(int part, int row) {
        return part << ROW_BITS | row;
    }

    static int part(int place) {
        return place >>> ROW_BITS;
    }

    static int row(int place) {
        return place & (1 << ROW_BITS) - 1;
    }
}
