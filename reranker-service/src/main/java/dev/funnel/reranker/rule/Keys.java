package dev.funnel.reranker.rule;

import dev.funnel.reranker.snapshot.KeyColumn;
import java.util.List;

/** Which of a few named keys each item of a shortlist has, as bits. */
final class Keys {
    /** Most keys that one rule may name. */
    static final int MOST = 64;

    private final long[] bits;

    /**
     * @param values at most {@value #MOST}
     */
    Keys(Shortlist shortlist, String column, List<String> values) {
        KeyColumn keys = KeyColumn.of(shortlist.input().snapshot().items(), column);
        int[] codes = values.stream().mapToInt(keys::codeOf).toArray();
        this.bits = new long[shortlist.size()];
        for (int rank = 0; rank < bits.length; rank++) {
            bits[rank] = bits(keys, shortlist.item(rank), codes);
        }
    }

    /** Whether the item of a rank has the {@code i}-th key. */
    boolean has(int rank, int i) {
        return (bits[rank] >>> i & 1) != 0;
    }

    private static long bits(KeyColumn keys, int item, int[] codes) {
        long bits = 0;
        for (int i = 0, n = keys.count(item); i < n; i++) {
            for (int key = 0; key < codes.length; key++) {
                bits |= keys.code(item, i) == codes[key] ? 1L << key : 0;
            }
        }
        return bits;
    }
}
