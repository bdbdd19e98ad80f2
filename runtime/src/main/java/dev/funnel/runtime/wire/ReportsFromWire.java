package dev.funnel.runtime.wire;

import java.util.List;

/** Reads what stages say about their work: degradations, reports, traces. They come from our own stages and carry no bounds. */
public final class ReportsFromWire {
    private ReportsFromWire() {}

    public static List<Degradation> degradations(List<dev.funnel.proto.common.v1.Degradation> wire) {
        return wire.stream().map(ReportsFromWire::degradation).toList();
    }

    public static Degradation degradation(dev.funnel.proto.common.v1.Degradation wire) {
        return new Degradation(
                Stage.ofNumber(wire.getStageValue()),
                DegradationKind.ofNumber(wire.getKindValue()),
                wire.getComponent(),
                wire.getCause(),
                wire.getServedInstead());
    }

    public static StageReport report(dev.funnel.proto.common.v1.StageReport wire) {
        return new StageReport(
                Stage.ofNumber(wire.getStageValue()),
                wire.getItemsIn(),
                wire.getItemsOut(),
                WireTimes.duration("report.elapsed", wire.getElapsed()),
                wire.getComponentsList().stream()
                        .map(ReportsFromWire::component)
                        .toList());
    }

    public static List<ItemTrace> traces(List<dev.funnel.proto.common.v1.ItemTrace> wire) {
        return wire.stream().map(ReportsFromWire::trace).toList();
    }

    public static ItemTrace trace(dev.funnel.proto.common.v1.ItemTrace wire) {
        return new ItemTrace(
                wire.getItemId(),
                Stage.ofNumber(wire.getStageValue()),
                TraceVerdict.ofNumber(wire.getVerdictValue()),
                wire.getComponent(),
                wire.getDetail(),
                wire.getScore(),
                wire.getPlace());
    }

    private static ComponentReport component(dev.funnel.proto.common.v1.ComponentReport wire) {
        return new ComponentReport(
                wire.getComponent(),
                wire.getItemsIn(),
                wire.getItemsOut(),
                WireTimes.duration("report.components.elapsed", wire.getElapsed()),
                wire.getNote());
    }
}
