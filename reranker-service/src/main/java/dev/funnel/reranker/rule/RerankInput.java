package dev.funnel.reranker.rule;

import dev.funnel.bundle.InvalidPredicateException;
import dev.funnel.bundle.ItemPredicate;
import dev.funnel.bundle.ItemTest;
import dev.funnel.reranker.snapshot.ItemFacts;
import dev.funnel.reranker.snapshot.RerankerSnapshot;
import dev.funnel.runtime.error.PreconditionFailed;
import dev.funnel.runtime.wire.Query;
import dev.funnel.runtime.wire.UserState;

/**
 * One request as rules see it.
 *
 * @param snapshot the bundle version
 * @param pool what to choose from
 * @param user what is known of the user
 * @param query what was asked, stamped with its time
 * @param seed seed of everything random
 */
public record RerankInput(RerankerSnapshot snapshot, Pool pool, UserState user, Query query, long seed) {
    /** Reason for a policy whose predicates the bundle's item table cannot answer. */
    public static final String POLICY_DOES_NOT_FIT = "POLICY_DOES_NOT_FIT_BUNDLE";

    public ItemFacts facts() {
        return snapshot.facts();
    }

    /** Item index of a candidate; -1 if the bundle does not hold it. */
    public int item(int position) {
        return pool.item(position);
    }

    /** The instant the slate is for, in ms since 1970. */
    public long timeMillis() {
        return query.context().timeMillis();
    }

    /**
     * A predicate as it applies to this query.
     *
     * @param field where the predicate stands, for the message
     * @throws InvalidPredicateException if the item table cannot answer it
     */
    ItemTest compile(ItemPredicate predicate, String field) {
        return predicate.compile(snapshot.items(), query.predicateContext(), field);
    }

    /**
     * The predicate of a policy's rule as it applies to this query.
     *
     * @throws PreconditionFailed if the bundle's item table cannot answer it, e.g. because it lacks the column
     */
    ItemTest compile(ItemPredicate predicate, PolicyRule rule) {
        try {
            return compile(predicate, "rule " + rule.name() + ": where");
        } catch (InvalidPredicateException e) {
            throw new PreconditionFailed(
                    POLICY_DOES_NOT_FIT,
                    "bundle " + snapshot.version().value() + " does not fit the policy: " + e.getMessage());
        }
    }
}
