package dev.funnel.reranker.rule;

import dev.funnel.bundle.ItemPredicate;
import dev.funnel.bundle.ItemTest;

/**
 * A screen that removes the items for which a predicate does not hold.
 *
 * @param predicate the predicate, for people
 * @param test the same, compiled
 */
record PredicateScreen(RerankInput input, ItemPredicate predicate, ItemTest test) implements Screen {
    @Override
    public boolean removes(int position) {
        return !test.test(input.item(position));
    }

    @Override
    public String reason(int position) {
        return "does not hold: " + predicate.toMap();
    }
}
