package dev.funnel.reranker.rule;

import dev.funnel.reranker.snapshot.KeyColumn;
import java.util.BitSet;

/**
 * A screen that removes items with a blocked key.
 *
 * @param keys the column of the keys
 * @param blocked codes of the blocked keys
 * @param why what is said before the key, e.g. "the user blocked uploader "
 */
record BlockedScreen(RerankInput input, KeyColumn keys, BitSet blocked, String why) implements Screen {
    @Override
    public boolean removes(int position) {
        return firstBlocked(position) >= 0;
    }

    @Override
    public String reason(int position) {
        return why + keys.value(firstBlocked(position));
    }

    private int firstBlocked(int position) {
        int item = input.item(position);
        for (int i = 0, n = blocked.isEmpty() ? 0 : keys.count(item); i < n; i++) {
            if (blocked.get(keys.code(item, i))) {
                return keys.code(item, i);
            }
        }
        return -1;
    }
}
