package dev.funnel.gateway.grpc;

import dev.funnel.gateway.answer.Explanation;
import dev.funnel.gateway.answer.Recommendation;
import dev.funnel.gateway.pipeline.Pipeline;
import dev.funnel.proto.gateway.v1.ConfigurationRef;
import dev.funnel.proto.gateway.v1.ItemExplanation;
import dev.funnel.proto.gateway.v1.ItemReason;
import dev.funnel.proto.gateway.v1.PipelineDescription;
import dev.funnel.proto.gateway.v1.RecommendResponse;
import dev.funnel.proto.gateway.v1.RecommendedItem;
import dev.funnel.runtime.wire.ReportsToWire;
import dev.funnel.runtime.wire.StrictRule;
import dev.funnel.runtime.wire.ToWire;

/** Writes answers as the messages of {@code gateway.v1}. */
final class AnswerToWire {
    private AnswerToWire() {}

    static RecommendResponse recommendation(Recommendation answer, boolean explain) {
        RecommendResponse.Builder wire = RecommendResponse.newBuilder()
                .setBundle(ToWire.bundleRef(answer.bundle()))
                .setPipeline(configuration(answer.pipeline()))
                .addAllDegradations(ReportsToWire.degradations(answer.degradations()))
                .addAllReports(
                        answer.reports().stream().map(ReportsToWire::report).toList())
                .setNextPageToken(answer.nextPageToken())
                .setRequestId(answer.requestId())
                .setRungValue(answer.rung().number())
                .setRungReason(answer.rungReason());
        answer.items().forEach(item -> wire.addItems(item(item, explain)));
        if (answer.policy() != null) {
            wire.setPolicy(configuration(answer.policy()));
        }
        return wire.build();
    }

    static ItemExplanation explanation(Explanation explanation) {
        return ItemExplanation.newBuilder()
                .setItemId(explanation.itemId())
                .setPlace(explanation.place())
                .setStageValue(explanation.stage().number())
                .setComponent(explanation.component())
                .setSummary(explanation.summary())
                .addAllTraces(ReportsToWire.traces(explanation.traces()))
                .build();
    }

    static PipelineDescription pipeline(Pipeline pipeline) {
        return PipelineDescription.newBuilder()
                .setName(pipeline.name())
                .setHash(pipeline.hash())
                .addAllGenerators(pipeline.settings().generators().stream()
                        .map(generator -> generator.name())
                        .toList())
                .setObjective(
                        pipeline.settings().ranking() ? pipeline.settings().objective() : "")
                .setPolicy(pipeline.reranks() ? pipeline.settings().policy() : "")
                .addAllStrictRules(
                        pipeline.strictRules().stream().map(StrictRule::name).toList())
                .build();
    }

    static ConfigurationRef configuration(Recommendation.ConfigurationRef configuration) {
        return ConfigurationRef.newBuilder()
                .setName(configuration.name())
                .setHash(configuration.hash())
                .build();
    }

    private static RecommendedItem item(Recommendation.Item item, boolean explain) {
        RecommendedItem.Builder wire = RecommendedItem.newBuilder()
                .setItemId(item.itemId())
                .setPlace(item.place())
                .setScore(item.score())
                .addAllSources(item.sources())
                .setPropensity(item.propensity())
                .setTeam(item.team());
        if (explain) {
            wire.addAllSourceScores(item.sourceScores())
                    .putAllPredictions(item.predictions())
                    .setTitle(item.title());
            item.sourceOrigins().forEach(origin -> wire.addSourceOriginsValue(origin.ordinal()));
            item.sourceItemOrigins().forEach(origin -> wire.addSourceItemOriginsValue(origin.ordinal()));
            item.reasons().forEach(reason -> wire.addReasons(reason(reason)));
        }
        return wire.build();
    }

    private static ItemReason reason(Recommendation.Reason reason) {
        return ItemReason.newBuilder()
                .setStageValue(reason.stage().number())
                .setComponent(reason.component())
                .setScoreDelta(reason.scoreDelta())
                .setDetail(reason.detail())
                .build();
    }
}
