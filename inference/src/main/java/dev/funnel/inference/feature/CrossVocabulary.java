package dev.funnel.inference.feature;

import dev.funnel.bundle.schema.CrossFeature;
import java.util.Arrays;
import java.util.List;

/**
 * A vocabulary of joined values, found by their 64-bit key without joining any. Open addressing. Values that are not in it and happen to
 * have the key of some that are would be taken for them: one in 2^64 for each text.
 */
final class CrossVocabulary implements CrossRows {
    private final int mask;
    private final long[] keys;
    private final int[] rows;

    private CrossVocabulary(int slots) {
        this.mask = slots - 1;
        this.keys = new long[slots];
        this.rows = new int[slots];
        Arrays.fill(rows, Vocabulary.UNKNOWN);
    }

    static CrossVocabulary of(List<String> texts) {
        CrossVocabulary vocabulary = new CrossVocabulary(Integer.highestOneBit(4 * texts.size() + 2));
        for (int row = 0; row < texts.size(); row++) {
            vocabulary.add(key(texts.get(row)), row);
        }
        return vocabulary;
    }

    /** The key of values that stand joined in a text. */
    static long key(String joined) {
        int end = joined.indexOf(CrossFeature.SEPARATOR);
        long key = TextHash.of(end < 0 ? joined : joined.substring(0, end));
        while (end >= 0) {
            int from = end + 1;
            end = joined.indexOf(CrossFeature.SEPARATOR, from);
            key = TextHash.cross(key, TextHash.of(end < 0 ? joined.substring(from) : joined.substring(from, end)));
        }
        return key;
    }

    private void add(long key, int row) {
        int slot = slot(key);
        if (rows[slot] != Vocabulary.UNKNOWN) {
            throw new IllegalArgumentException("rows " + rows[slot] + " and " + row + " of a vocabulary have one key");
        }
        keys[slot] = key;
        rows[slot] = row;
    }

    @Override
    public int row(long key) {
        return rows[slot(key)];
    }

    /** The slot that holds the key, or the free one where it would stand. */
    private int slot(long key) {
        int slot = (int) (key ^ key >>> 32) & mask;
        while (rows[slot] != Vocabulary.UNKNOWN && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
