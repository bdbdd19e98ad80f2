package dev.funnel.retrieval.graph;

import dev.funnel.retrieval.ItemFilter;
import java.util.Arrays;

/** The nodes whose items a filter's bitmap lets pass, as a bitmap of nodes. Memory for one search at a time. */
final class PassingNodes {

    private final long[] words;

    PassingNodes(int nodes) {
        this.words = new long[Math.ceilDiv(nodes, Long.SIZE)];
    }

    /**
     * Takes those of a filter that has a bitmap.
     *
     * @param nodeOf the node of each item
     */
    void take(ItemFilter filter, int[] nodeOf) {
        Arrays.fill(words, 0);
        int size = nodeOf.length;
        for (int item = filter.next(0, size); item < size; item = filter.next(item + 1, size)) {
            int node = nodeOf[item];
            words[node >>> 6] |= 1L << node;
        }
    }

    /** Whether a node is among them. */
    boolean has(int node) {
        return (words[node >>> 6] & 1L << node) != 0;
    }

    /** Writes the first of them from {@code from} on, as many as there is room for; returns how many. */
    int list(int from, int[] into) {
        int count = 0;
        int at = from >>> 6;
        long word = at < words.length ? words[at] & -1L << from : 0;
        while (count < into.length) {
            while (word == 0) {
                if (++at >= words.length) {
                    return count;
                }
                word = words[at];
            }
            into[count++] = (at << 6) + Long.numberOfTrailingZeros(word);
            word &= word - 1;
        }
        return count;
    }
}
