package dev.funnel.runtime.wire;

import dev.funnel.bundle.ItemPredicate;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.ItemTest;
import dev.funnel.bundle.PredicateContext;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asks: who, where, when, like what. Every part may be absent.
 *
 * @param userId empty: anonymous
 * @param recent what the caller knows the user did lately, newest first; read by the gateway only
 * @param seedItemId item that the slate should be related to; empty: none
 * @param context where and when
 * @param excludeItemIds items that must not be in the slate
 * @param filter only items for which this holds may be in the slate; null: any item
 */
public record Query(
        String userId,
        Interactions recent,
        String seedItemId,
        Context context,
        List<String> excludeItemIds,
        @Nullable ItemPredicate filter) {
    /** A new visitor, at an instant not yet stamped. */
    public static final Query NOTHING = new Query("", Interactions.NONE, "", Context.UNKNOWN, List.of(), null);

    public boolean hasSeed() {
        return !seedItemId.isEmpty();
    }

    /** The same query in another circumstance. */
    public Query in(Context other) {
        return new Query(userId, recent, seedItemId, other, excludeItemIds, filter);
    }

    /**
     * The filter, ready to test the items of a table.
     *
     * @throws dev.funnel.runtime.error.CallerError naming a column the table does not have, or an operand that does not fit it
     */
    public ItemTest filterTest(ItemTable items) {
        ItemPredicate predicate = filter;
        return predicate == null
                ? ItemTest.ALL
                : PredicateFromWire.asCallerError(() -> predicate.compile(items, predicateContext(), "query.filter"));
    }

    /** The query's fields as predicates read them. */
    public PredicateContext predicateContext() {
        Instant time = context.time();
        long millis = time == null ? PredicateContext.NO_TIME : time.toEpochMilli();
        return new PredicateContext(context.country(), context.language(), millis, userId, seedItemId);
    }
}
