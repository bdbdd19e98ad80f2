package dev.funnel.gateway.stage;

import dev.funnel.runtime.wire.BundleRef;
import dev.funnel.runtime.wire.Query;
import dev.funnel.runtime.wire.StrictRule;
import dev.funnel.runtime.wire.UserState;
import java.util.List;

/**
 * What candidate generation is asked.
 *
 * @param catalogue the items that are to be searched
 * @param shards which virtual shards of them; empty: all
 * @param generators whom to ask; empty: all, with their default limits
 * @param effort how hard to try, in (0, 1]: scales limits and the breadth of searches
 * @param traced items to say more about
 */
public record RetrieveCall(
        UserState user,
        Query query,
        BundleRef bundle,
        ShardedCatalogue catalogue,
        List<Integer> shards,
        List<GeneratorRequest> generators,
        List<StrictRule> strictRules,
        float effort,
        List<String> traced,
        boolean explain) {

    /** The same question to other generators. */
    public RetrieveCall to(List<GeneratorRequest> others) {
        return new RetrieveCall(user, query, bundle, catalogue, shards, others, strictRules, effort, traced, explain);
    }

    /** The same question about some shards only. */
    RetrieveCall of(List<Integer> some) {
        return new RetrieveCall(user, query, bundle, catalogue, some, generators, strictRules, effort, traced, explain);
    }

    /** Whether the answer is one of several. */
    public boolean partial() {
        return !shards.isEmpty() && shards.size() < catalogue.shards();
    }
}
