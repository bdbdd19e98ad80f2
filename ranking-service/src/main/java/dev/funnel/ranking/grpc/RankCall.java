package dev.funnel.ranking.grpc;

import dev.funnel.proto.ranking.v1.RankRequest;
import dev.funnel.runtime.wire.Bounds;
import dev.funnel.runtime.wire.BundleRef;
import dev.funnel.runtime.wire.Candidates;
import dev.funnel.runtime.wire.CandidatesFromWire;
import dev.funnel.runtime.wire.FromWire;
import dev.funnel.runtime.wire.Query;
import dev.funnel.runtime.wire.UserState;
import java.util.List;

/**
 * A request to rank, validated.
 *
 * @param user what is known of the user
 * @param query what was asked, stamped with its time
 * @param bundle which bundle version to score with
 * @param candidates what to score
 * @param objective the head or formula that becomes the score; empty: the ranker's default
 * @param heads heads whose values are wanted beside it
 * @param tracedItemIds items to say more about
 * @param explain whether to count missing features
 */
record RankCall(
        UserState user,
        Query query,
        BundleRef bundle,
        Candidates candidates,
        String objective,
        List<String> heads,
        List<String> tracedItemIds,
        boolean explain) {

    /** @throws dev.funnel.runtime.error.CallerError for a bound that does not hold, naming the field */
    static RankCall of(RankRequest wire) {
        return new RankCall(
                FromWire.userState("user", wire.getUser()),
                FromWire.stampedQuery("query", wire.getQuery()),
                FromWire.bundleRef("bundle", wire.getBundle()),
                CandidatesFromWire.candidates("candidates", wire.getCandidates()),
                Bounds.id("objective", wire.getObjective()),
                Bounds.ids("heads", wire.getHeadsList(), Bounds.HEADS),
                FromWire.tracedItemIds("trace_item_ids", wire.getTraceItemIdsList()),
                wire.getExplain());
    }
}
