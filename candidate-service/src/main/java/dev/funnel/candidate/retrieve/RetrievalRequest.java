package dev.funnel.candidate.retrieve;

import dev.funnel.runtime.wire.BundleRef;
import dev.funnel.runtime.wire.Query;
import dev.funnel.runtime.wire.StrictRule;
import dev.funnel.runtime.wire.UserState;
import java.util.List;

/**
 * A validated request for candidates.
 *
 * @param user what is known of the user
 * @param query what was asked; its time is set
 * @param bundle which version to answer from
 * @param shards virtual shards to search; empty: all
 * @param generators whom to ask; empty: all, with their default limits
 * @param effort how hard to try, in (0, 1]
 * @param tracedItemIds items to say more about
 * @param strictRules only items for which all hold are nominated
 * @param explain whether to report per generator
 * @param partial whether the answer is one of several that the caller merges
 */
public record RetrievalRequest(
        UserState user,
        Query query,
        BundleRef bundle,
        List<Integer> shards,
        List<GeneratorAsk> generators,
        float effort,
        List<String> tracedItemIds,
        List<StrictRule> strictRules,
        boolean explain,
        boolean partial) {}
