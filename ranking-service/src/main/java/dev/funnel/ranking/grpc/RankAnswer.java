package dev.funnel.ranking.grpc;

import dev.funnel.inference.Ranker;
import dev.funnel.proto.ranking.v1.DescribeRankerResponse;
import dev.funnel.proto.ranking.v1.FeatureMiss;
import dev.funnel.proto.ranking.v1.HeadDescription;
import dev.funnel.proto.ranking.v1.ObjectiveDescription;
import dev.funnel.proto.ranking.v1.RankResponse;
import dev.funnel.ranking.rank.ObjectiveScores;
import dev.funnel.ranking.rank.Tracer;
import dev.funnel.ranking.snapshot.RankingSnapshot;
import dev.funnel.runtime.bundle.Lease;
import dev.funnel.runtime.wire.BundleRef;
import dev.funnel.runtime.wire.ComponentReport;
import dev.funnel.runtime.wire.FloatColumn;
import dev.funnel.runtime.wire.HeadValues;
import dev.funnel.runtime.wire.ReportsToWire;
import dev.funnel.runtime.wire.Stage;
import dev.funnel.runtime.wire.StageReport;
import dev.funnel.runtime.wire.ToWire;
import java.time.Duration;
import java.util.List;

/** Writes scores, and what a ranker is, as responses. */
final class RankAnswer {
    private static final String COMPONENT = "ranker";

    private RankAnswer() {}

    static RankResponse of(
            RankCall call,
            Ranker.Scoring scoring,
            ObjectiveScores scored,
            ChosenHeads heads,
            Lease<RankingSnapshot> lease,
            Duration elapsed) {
        Ranker ranker = lease.snapshot().ranker();
        float[] scores = scored.scores();
        RankResponse.Builder wire = RankResponse.newBuilder()
                .setBundle(ToWire.bundleRef(lease.bundle()))
                .setObjective(scored.objective())
                .addAllScores(FloatColumn.of(scores))
                .addAllDegradations(ReportsToWire.degradations(scored.degradations()))
                .setUnknownItems(scoring.unknownItems())
                .setReport(ReportsToWire.report(report(call, scores.length, ranker, elapsed)));
        for (int head : heads.wanted()) {
            String name = ranker.schema().heads().get(head).name();
            wire.addHeads(ToWire.headValues(new HeadValues(name, scoring.heads()[head])));
        }
        if (call.explain()) {
            scoring.missing()
                    .forEach((feature, count) -> wire.addFeatureMisses(
                            FeatureMiss.newBuilder().setFeature(feature).setShare((float) count / scores.length)));
        }
        if (!call.tracedItemIds().isEmpty()) {
            Tracer tracer = new Tracer(
                    call.candidates().itemIds(),
                    scores,
                    scored.objective(),
                    unit(ranker, scored.objective()),
                    lease.snapshot().items());
            wire.addAllTraces(ReportsToWire.traces(tracer.traces(call.tracedItemIds())));
        }
        return wire.build();
    }

    /** The unit of a head; a formula has none. */
    private static String unit(Ranker ranker, String objective) {
        int head = ranker.head(objective);
        return head < 0 ? "" : ranker.schema().heads().get(head).unit();
    }

    private static StageReport report(RankCall call, int candidates, Ranker ranker, Duration elapsed) {
        List<ComponentReport> components = call.explain()
                ? List.of(new ComponentReport(COMPONENT, candidates, candidates, elapsed, ranker.engine()))
                : List.of();
        return new StageReport(Stage.RANKING, candidates, candidates, elapsed, components);
    }

    static DescribeRankerResponse description(RankingSnapshot snapshot, BundleRef bundle) {
        Ranker ranker = snapshot.ranker();
        DescribeRankerResponse.Builder wire = DescribeRankerResponse.newBuilder()
                .setBundle(ToWire.bundleRef(bundle))
                .setDefaultObjective(ranker.objectives().defaultName())
                .addAllFeatures(ranker.schema().featureNames())
                .setEngine(ranker.description());
        ranker.schema()
                .heads()
                .forEach(head -> wire.addHeads(
                        HeadDescription.newBuilder().setName(head.name()).setUnit(head.unit())));
        snapshot.objectives()
                .formulas()
                .forEach(objective -> wire.addObjectives(ObjectiveDescription.newBuilder()
                        .setName(objective.name())
                        .setFormula(objective.formula())));
        return wire.build();
    }
}
