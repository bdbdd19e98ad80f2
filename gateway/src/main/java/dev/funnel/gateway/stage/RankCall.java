package dev.funnel.gateway.stage;

import dev.funnel.runtime.wire.BundleRef;
import dev.funnel.runtime.wire.Candidates;
import dev.funnel.runtime.wire.Query;
import dev.funnel.runtime.wire.UserState;
import java.util.List;

/**
 * What the ranker is asked.
 *
 * @param objective head or formula that becomes the score; empty: the ranker's default
 * @param heads heads whose values are wanted beside the score
 * @param traced items to say more about
 */
public record RankCall(
        UserState user,
        Query query,
        BundleRef bundle,
        Candidates candidates,
        String objective,
        List<String> heads,
        List<String> traced,
        boolean explain) {}
