package dev.funnel.gateway.stage;

import dev.funnel.runtime.wire.ComponentReport;
import dev.funnel.runtime.wire.Degradation;
import dev.funnel.runtime.wire.ItemTrace;
import dev.funnel.runtime.wire.Stage;
import dev.funnel.runtime.wire.StageReport;
import dev.funnel.runtime.wire.TraceVerdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** What the parts say of their work, as one stage says it. */
final class ShardReports {
    private final List<ShardMerge.Part> parts;
    private final List<MergedNomination> nominations;
    private final Map<String, Integer> positions;

    /** @param positions of the items of the merged pool */
    ShardReports(List<ShardMerge.Part> parts, List<MergedNomination> nominations, Map<String, Integer> positions) {
        this.parts = parts;
        this.nominations = nominations;
        this.positions = positions;
    }

    /** What all parts lost stands once; what some lost says which. */
    List<Degradation> degradations(List<Degradation> lost) {
        Map<Degradation, List<String>> losers = new LinkedHashMap<>();
        for (ShardMerge.Part part : parts) {
            new LinkedHashSet<>(part.given().degradations())
                    .forEach(loss -> losers.computeIfAbsent(loss, same -> new ArrayList<>())
                            .add(part.name()));
        }
        List<Degradation> all = new ArrayList<>(lost);
        losers.forEach((loss, names) -> all.add(names.size() == parts.size() ? loss : in(names, loss)));
        return List.copyOf(all);
    }

    private static Degradation in(List<String> names, Degradation loss) {
        return new Degradation(
                loss.stage(),
                loss.kind(),
                loss.component(),
                String.join(", ", names) + ": " + loss.cause(),
                loss.servedInstead());
    }

    /** As long as the slowest part took. */
    StageReport report() {
        Duration slowest = Duration.ZERO;
        Map<String, ComponentReport> components = new LinkedHashMap<>();
        for (ShardMerge.Part part : parts) {
            StageReport report = part.given().report();
            slowest = longer(slowest, report.elapsed());
            report.components().forEach(each -> components.merge(each.component(), each, this::together));
        }
        return new StageReport(
                Stage.CANDIDATES,
                0,
                positions.size(),
                slowest,
                components.values().stream().map(this::counted).toList());
    }

    private ComponentReport together(ComponentReport one, ComponentReport other) {
        return new ComponentReport(
                one.component(),
                one.itemsIn() + other.itemsIn(),
                one.itemsOut(),
                longer(one.elapsed(), other.elapsed()),
                one.note());
    }

    private ComponentReport counted(ComponentReport component) {
        int kept = nominations.stream()
                .filter(nomination -> nomination.generator().equals(component.component()))
                .mapToInt(nomination -> nomination.entries().size())
                .sum();
        return new ComponentReport(
                component.component(), component.itemsIn(), kept, component.elapsed(), component.note());
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** The word of the part whose item it is; what it nominated stands where it stands in the merged pool, if it does. */
    List<ItemTrace> traces() {
        Map<String, ItemTrace> byItem = new LinkedHashMap<>();
        for (ShardMerge.Part part : parts) {
            part.given()
                    .traces()
                    .forEach(trace ->
                            byItem.merge(trace.itemId(), trace, (a, b) -> a.verdict() == TraceVerdict.UNKNOWN ? b : a));
        }
        return byItem.values().stream().map(this::merged).toList();
    }

    private ItemTrace merged(ItemTrace trace) {
        if (trace.verdict() != TraceVerdict.PASSED) {
            return trace;
        }
        Integer position = positions.get(trace.itemId());
        return position == null ? outdone(trace) : passed(trace, position);
    }

    private static ItemTrace outdone(ItemTrace trace) {
        String detail = "its shard nominated it, other shards had better ones (" + trace.detail() + ")";
        return new ItemTrace(trace.itemId(), trace.stage(), TraceVerdict.NOT_NOMINATED, "", detail, 0, 0);
    }

    private ItemTrace passed(ItemTrace trace, int position) {
        List<String> places = new ArrayList<>();
        String component = "";
        float best = Float.NEGATIVE_INFINITY;
        for (MergedNomination nomination : nominations) {
            int place = nomination.place(trace.itemId());
            if (place > 0) {
                MergedNomination.Entry entry = nomination.entries().get(place - 1);
                component = entry.calibrated() > best ? nomination.generator() : component;
                best = Math.max(best, entry.calibrated());
                places.add(nomination.placeText(place));
            }
        }
        return new ItemTrace(
                trace.itemId(),
                trace.stage(),
                TraceVerdict.PASSED,
                component,
                String.join("; ", places),
                Float.isFinite(best) ? best : trace.score(),
                position + 1);
    }
}
