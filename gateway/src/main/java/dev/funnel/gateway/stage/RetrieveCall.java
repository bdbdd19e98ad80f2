package dev.funnel.gateway.stage;

import dev.funnel.runtime.wire.BundleRef;
import dev.funnel.runtime.wire.Query;
import dev.funnel.runtime.wire.StrictRule;
import dev.funnel.runtime.wire.UserState;
import java.util.List;

/**
 * What candidate generation is asked.
 *
 * @param generators whom to ask; empty: all, with their default limits
 * @param traced items to say more about
 */
public record RetrieveCall(
        UserState user,
        Query query,
        BundleRef bundle,
        List<GeneratorRequest> generators,
        List<StrictRule> strictRules,
        List<String> traced,
        boolean explain) {

    /** The same question to other generators. */
    public RetrieveCall to(List<GeneratorRequest> others) {
        return new RetrieveCall(user, query, bundle, others, strictRules, traced, explain);
    }
}
