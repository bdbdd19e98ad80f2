package dev.funnel.runtime.wire;

import java.util.List;

/** Writes what a stage says about its work: degradations, reports, traces. */
public final class ReportsToWire {
    private ReportsToWire() {}

    public static List<dev.funnel.proto.common.v1.Degradation> degradations(List<Degradation> degradations) {
        return degradations.stream().map(ReportsToWire::degradation).toList();
    }

    public static dev.funnel.proto.common.v1.Degradation degradation(Degradation degradation) {
        return dev.funnel.proto.common.v1.Degradation.newBuilder()
                .setStageValue(degradation.stage().number())
                .setKindValue(degradation.kind().number())
                .setComponent(degradation.component())
                .setCause(degradation.cause())
                .setServedInstead(degradation.servedInstead())
                .build();
    }

    public static dev.funnel.proto.common.v1.StageReport report(StageReport report) {
        return dev.funnel.proto.common.v1.StageReport.newBuilder()
                .setStageValue(report.stage().number())
                .setItemsIn(report.itemsIn())
                .setItemsOut(report.itemsOut())
                .setElapsed(WireTimes.duration(report.elapsed()))
                .addAllComponents(report.components().stream()
                        .map(ReportsToWire::component)
                        .toList())
                .build();
    }

    public static List<dev.funnel.proto.common.v1.ItemTrace> traces(List<ItemTrace> traces) {
        return traces.stream().map(ReportsToWire::trace).toList();
    }

    public static dev.funnel.proto.common.v1.ItemTrace trace(ItemTrace trace) {
        return dev.funnel.proto.common.v1.ItemTrace.newBuilder()
                .setItemId(trace.itemId())
                .setStageValue(trace.stage().number())
                .setVerdictValue(trace.verdict().number())
                .setComponent(trace.component())
                .setDetail(trace.detail())
                .setScore(Float.isFinite(trace.score()) ? trace.score() : 0)
                .setPlace(trace.place())
                .build();
    }

    private static dev.funnel.proto.common.v1.ComponentReport component(ComponentReport report) {
        return dev.funnel.proto.common.v1.ComponentReport.newBuilder()
                .setComponent(report.component())
                .setItemsIn(report.itemsIn())
                .setItemsOut(report.itemsOut())
                .setElapsed(WireTimes.duration(report.elapsed()))
                .setNote(report.note())
                .build();
    }
}
