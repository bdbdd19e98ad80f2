package dev.funnel.reranker.grpc;

import dev.funnel.proto.reranker.v1.Reason;
import dev.funnel.proto.reranker.v1.Removal;
import dev.funnel.proto.reranker.v1.RemovalCount;
import dev.funnel.proto.reranker.v1.RerankResponse;
import dev.funnel.proto.reranker.v1.RuleExposure;
import dev.funnel.proto.reranker.v1.SlateItem;
import dev.funnel.reranker.rerank.NamedPolicy;
import dev.funnel.reranker.rerank.Reranked;
import dev.funnel.runtime.wire.BundleRef;
import dev.funnel.runtime.wire.Candidates;
import dev.funnel.runtime.wire.ReportsToWire;
import dev.funnel.runtime.wire.Stage;
import dev.funnel.runtime.wire.StageReport;
import dev.funnel.runtime.wire.ToWire;
import java.time.Duration;

/** Writes what became of a request as its response. */
final class RerankAnswer {
    private RerankAnswer() {}

    static RerankResponse of(
            Reranked reranked, Candidates candidates, BundleRef bundle, NamedPolicy policy, Duration elapsed) {
        RerankResponse.Builder wire = RerankResponse.newBuilder()
                .setBundle(ToWire.bundleRef(bundle))
                .addAllRelaxedRules(reranked.relaxedRules())
                .putAllMeasures(reranked.measures())
                .setPolicy(policy.name())
                .setPolicyHash(policy.hash())
                .addAllDegradations(ReportsToWire.degradations(reranked.degradations()))
                .setReport(report(reranked, candidates.size(), elapsed))
                .addAllTraces(ReportsToWire.traces(reranked.traces()));
        addSlate(reranked, candidates, wire);
        reranked.reaches().forEach((rule, reach) -> wire.addExposures(exposure(rule, reach.before())));
        reranked.removals().forEach(removal -> wire.addRemovals(removal(removal)));
        reranked.removalCounts()
                .forEach(count -> wire.addRemovalCounts(
                        RemovalCount.newBuilder().setRule(count.rule()).setCount(count.count())));
        return wire.build();
    }

    private static void addSlate(Reranked reranked, Candidates candidates, RerankResponse.Builder wire) {
        int place = 0;
        for (Reranked.Placed placed : reranked.slate()) {
            place++;
            SlateItem.Builder item = SlateItem.newBuilder()
                    .setItemId(candidates.itemIds().get(placed.position()))
                    .setPlace(place)
                    .setCandidatePosition(placed.position())
                    .setScore(placed.score())
                    .setPropensity(placed.propensity())
                    .setTeam(placed.team());
            placed.effects().forEach(effect -> item.addReasons(reason(effect)));
            wire.addSlate(item);
        }
    }

    private static RuleExposure exposure(String rule, double[] before) {
        RuleExposure.Builder exposure = RuleExposure.newBuilder().setRule(rule);
        for (double value : before) {
            exposure.addBefore(value);
        }
        return exposure.build();
    }

    private static Reason reason(Reranked.Effect effect) {
        return Reason.newBuilder()
                .setRule(effect.rule())
                .setScoreDelta(effect.delta())
                .setDetail(effect.detail())
                .build();
    }

    private static Removal removal(Reranked.Removal removal) {
        return Removal.newBuilder()
                .setCandidatePosition(removal.position())
                .setRule(removal.rule())
                .setDetail(removal.detail())
                .build();
    }

    private static dev.funnel.proto.common.v1.StageReport report(Reranked reranked, int candidates, Duration elapsed) {
        return ReportsToWire.report(
                new StageReport(Stage.RERANKING, candidates, reranked.slate().size(), elapsed, reranked.parts()));
    }
}
