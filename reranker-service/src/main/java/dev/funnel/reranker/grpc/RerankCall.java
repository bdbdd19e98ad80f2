package dev.funnel.reranker.grpc;

import dev.funnel.proto.reranker.v1.RerankRequest;
import dev.funnel.proto.reranker.v1.RuleExposure;
import dev.funnel.reranker.rerank.SlateRequest;
import dev.funnel.runtime.error.CallerError;
import dev.funnel.runtime.wire.Bounds;
import dev.funnel.runtime.wire.BundleRef;
import dev.funnel.runtime.wire.Candidates;
import dev.funnel.runtime.wire.CandidatesFromWire;
import dev.funnel.runtime.wire.ExpressionFilters;
import dev.funnel.runtime.wire.FromWire;
import dev.funnel.runtime.wire.Query;
import dev.funnel.runtime.wire.UserState;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
 * @param heads further values per candidate, by the head's name
 * @param exposures what to take for earlier exposures, by rule; empty: what the process counted
 */
record RerankCall(
        UserState user,
        Query query,
        BundleRef bundle,
        Candidates candidates,
        float[] scores,
        String policy,
        SlateRequest slate,
        long seed,
        Map<String, float[]> heads,
        Map<String, double[]> exposures) {
    private static final int MOST_EXPOSURES = 64;
    private static final int MOST_KEYS = 65;

    /** @throws dev.funnel.runtime.error.CallerError for a bound that does not hold, naming the field */
    static RerankCall of(RerankRequest wire) {
        Candidates candidates = CandidatesFromWire.candidates("candidates", wire.getCandidates());
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
                        wire.getExplain(),
                        ExpressionFilters.fromWire("expressions", wire.getExpressionsList()),
                        effort(wire.getEffort())),
                wire.getSeed(),
                heads(wire, candidates.size()),
                exposures(wire.getExposuresList()));
    }

    private static float effort(float wire) {
        if (!(wire >= 0 && wire <= 1)) {
            throw new CallerError("effort", wire, "must be in (0, 1]");
        }
        return wire == 0 ? 1 : wire;
    }

    private static Map<String, float[]> heads(RerankRequest wire, int candidates) {
        Map<String, float[]> heads = new LinkedHashMap<>();
        CandidatesFromWire.heads("heads", wire.getHeadsList(), candidates)
                .forEach(head -> heads.put(head.head(), head.values()));
        return heads;
    }

    private static Map<String, double[]> exposures(List<RuleExposure> wire) {
        Bounds.atMost("exposures", wire, MOST_EXPOSURES);
        Map<String, double[]> exposures = new HashMap<>();
        for (int i = 0; i < wire.size(); i++) {
            String field = "exposures[" + i + "]";
            Bounds.atMost(field + ".before", wire.get(i).getBeforeList(), MOST_KEYS);
            double[] before = new double[wire.get(i).getBeforeCount()];
            for (int k = 0; k < before.length; k++) {
                before[k] =
                        Bounds.finite(field + ".before[" + k + "]", wire.get(i).getBefore(k));
            }
            exposures.put(Bounds.requiredId(field + ".rule", wire.get(i).getRule()), before);
        }
        return exposures;
    }
}
