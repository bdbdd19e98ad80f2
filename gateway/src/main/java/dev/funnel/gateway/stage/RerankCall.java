package dev.funnel.gateway.stage;

import dev.funnel.runtime.wire.BundleRef;
import dev.funnel.runtime.wire.Candidates;
import dev.funnel.runtime.wire.ExpressionFilter;
import dev.funnel.runtime.wire.HeadValues;
import dev.funnel.runtime.wire.Query;
import dev.funnel.runtime.wire.StrictRule;
import dev.funnel.runtime.wire.UserState;
import java.util.List;

/**
 * What the reranker is asked.
 *
 * @param scores one per candidate, in the order of the pool
 * @param heads further values per candidate that rules may read
 * @param policy name of the policy
 * @param slateSize how many items the slate should have
 * @param seed of everything random
 * @param effort how hard to try, in (0, 1]: scales how many candidates are weighed against each other
 * @param traced items to say more about
 * @param expressions further filters that the caller sent
 */
public record RerankCall(
        UserState user,
        Query query,
        BundleRef bundle,
        Candidates candidates,
        float[] scores,
        List<HeadValues> heads,
        String policy,
        int slateSize,
        long seed,
        List<StrictRule> strictRules,
        float effort,
        List<String> traced,
        boolean explain,
        List<ExpressionFilter> expressions) {}
