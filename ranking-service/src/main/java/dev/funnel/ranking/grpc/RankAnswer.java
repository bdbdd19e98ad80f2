package dev.funnel.ranking.grpc;

import dev.funnel.inference.Ranker;
import dev.funnel.proto.ranking.v1.DescribeRankerResponse;
import dev.funnel.proto.ranking.v1.FeatureMiss;
import dev.funnel.proto.ranking.v1.HeadDescription;
import dev.funnel.proto.ranking.v1.RankResponse;
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
            RankCall call, Ranker.Scoring scoring, ChosenHeads heads, Lease<RankingSnapshot> lease, Duration elapsed) {
        Ranker ranker = lease.snapshot().ranker();
        float[] scores = new float[call.candidates().size()];
        heads.objective().score(scoring.heads(), scores);
        RankResponse.Builder wire = RankResponse.newBuilder()
                .setBundle(ToWire.bundleRef(lease.bundle()))
                .addAllScores(FloatColumn.of(scores))
                .setUnknownItems(scoring.unknownItems())
                .setReport(ReportsToWire.report(report(call, scores.length, ranker, elapsed)));
        for (int head : heads.wanted()) {
            String name = ranker.schema().heads().get(head).name();
            wire.addHeads(ToWire.headValues(new HeadValues(name, scoring.heads()[head])));
        }
        if (call.explain()) {
            scoring.missing()
                    .forEach((feature, share) -> wire.addFeatureMisses(
                            FeatureMiss.newBuilder().setFeature(feature).setShare(share)));
        }
        if (!call.tracedItemIds().isEmpty()) {
            Tracer tracer = new Tracer(
                    call.candidates().itemIds(),
                    scores,
                    heads.name(),
                    unit(ranker, heads.name()),
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

    static DescribeRankerResponse description(Ranker ranker, BundleRef bundle) {
        DescribeRankerResponse.Builder wire = DescribeRankerResponse.newBuilder()
                .setBundle(ToWire.bundleRef(bundle))
                .setDefaultObjective(ranker.objectives().defaultName())
                .addAllFeatures(ranker.schema().featureNames())
                .setEngine(ranker.engine());
        ranker.schema()
                .heads()
                .forEach(head -> wire.addHeads(
                        HeadDescription.newBuilder().setName(head.name()).setUnit(head.unit())));
        return wire.build();
    }
}
