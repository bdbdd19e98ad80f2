package dev.funnel.reranker.rule;

import dev.funnel.reranker.snapshot.KeyColumn;
import java.util.BitSet;

/**
 * A screen that keeps items with an allowed key, and those without any key. Where nothing is known of what to allow it keeps
 * all.
 *
 * @param keys the column of the keys
 * @param known whether it is known what to allow
 * @param allowed codes of the allowed keys
 * @param wanted what is asked for, for people, e.g. "country DE"
 */
record AllowedKeyScreen(RerankInput input, KeyColumn keys, boolean known, BitSet allowed, String wanted)
        implements Screen {
    @Override
    public boolean removes(int position) {
        if (!known) {
            return false;
        }
        int item = input.item(position);
        int count = keys.count(item);
        for (int i = 0; i < count; i++) {
            if (allowed.get(keys.code(item, i))) {
                return false;
            }
        }
        return count > 0;
    }

    @Override
    public String reason(int position) {
        return "is for " + keys.value(keys.code(input.item(position), 0)) + ", not for " + wanted;
    }
}
