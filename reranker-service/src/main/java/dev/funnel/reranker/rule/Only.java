package dev.funnel.reranker.rule;

import dev.funnel.bundle.ItemPredicate;
import dev.funnel.runtime.config.Default;

/**
 * Removes the items for which a predicate does not hold.
 *
 * @param name its identifier
 * @param preferred true if it gives way when the slate would be short
 * @param where what must hold for an item to stay
 */
public record Only(
        @Default("only") String name, @Default("false") boolean preferred, ItemPredicate where) implements Filter {
    @Override
    public Screen screen(RerankInput input) {
        return new PredicateScreen(input, where, input.compile(where, this));
    }

    @Override
    public void check(BundleFit fit) {
        fit.predicate("where", where);
    }
}
