package dev.funnel.reranker.grpc;

import dev.funnel.proto.reranker.v1.RerankRequest;
import dev.funnel.reranker.rerank.SlateRequest;
import dev.funnel.runtime.wire.Bounds;
import dev.funnel.runtime.wire.BundleRef;
import dev.funnel.runtime.wire.Candidates;
import dev.funnel.runtime.wire.CandidatesFromWire;
import dev.funnel.runtime.wire.FromWire;
import dev.funnel.runtime.wire.Query;
import dev.funnel.runtime.wire.UserState;

/**
 * A request to re-rank, validated.
 *
 * @param user what is known of the user
 * @param query what was asked, stamped with its time
 * @param bundle which bundle version to use
 * @param candidates what to choose from
 * @param scores one per candidate, finite
 * @param policy name of the policy; empty: the default one
 * @param slate what kind of answer is wanted
 * @param seed seed of everything random
 */
record RerankCall(
        UserState user,
        Query query,
        BundleRef bundle,
        Candidates candidates,
        float[] scores,
        String policy,
        SlateRequest slate,
        long seed) {

    /** @throws dev.funnel.runtime.error.CallerError for a bound that does not hold, naming the field */
    static RerankCall of(RerankRequest wire) {
        Candidates candidates = CandidatesFromWire.candidates("candidates", wire.getCandidates());
        CandidatesFromWire.heads("heads", wire.getHeadsList(), candidates.size());
        return new RerankCall(
                FromWire.userState("user", wire.getUser()),
                FromWire.stampedQuery("query", wire.getQuery()),
                FromWire.bundleRef("bundle", wire.getBundle()),
                candidates,
                CandidatesFromWire.scores("scores", wire.getScoresList(), candidates.size()),
                Bounds.id("policy", wire.getPolicy()),
                new SlateRequest(
                        Bounds.between("slate_size", wire.getSlateSize(), 1, Bounds.SLATE),
                        FromWire.strictRules("strict_rules", wire.getStrictRulesList()),
                        FromWire.tracedItemIds("trace_item_ids", wire.getTraceItemIdsList()),
                        wire.getExplain()),
                wire.getSeed());
    }
}
