package dev.funnel.reranker.rule;

import dev.funnel.reranker.snapshot.KeyColumn;
import dev.funnel.runtime.config.Default;
import java.util.BitSet;

/**
 * Removes items with a category that the user blocked.
 *
 * @param name its identifier
 * @param preferred true if it gives way when the slate would be short
 */
public record BlockedCategory(
        @Default("blocked_category") String name,
        @Default("false") boolean preferred) implements Filter {
    @Override
    public Screen screen(RerankInput input) {
        KeyColumn categories = input.facts().categories();
        BitSet blocked = categories.codesOf(input.user().blockedCategories());
        return new BlockedScreen(input, categories, blocked, "the user blocked category ");
    }
}
