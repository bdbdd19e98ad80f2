package dev.funnel.runtime.wire;

import dev.funnel.bundle.ItemPredicate;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.ItemTest;
import dev.funnel.bundle.PredicateContext;

/**
 * A named predicate that never gives way.
 *
 * @param name its identifier: metric name and reason code
 * @param predicate what must hold for an item to be shown
 */
public record StrictRule(String name, ItemPredicate predicate) {
    /**
     * The rule, ready to test the items of a table for one query.
     *
     * @param field path of the rule in the request, for errors
     * @throws dev.funnel.runtime.error.CallerError naming a column the table does not have, or an operand that does not fit it
     */
    public ItemTest test(ItemTable items, PredicateContext context, String field) {
        return PredicateFromWire.asCallerError(() -> predicate.compile(items, context, field + ".predicate"));
    }
}
