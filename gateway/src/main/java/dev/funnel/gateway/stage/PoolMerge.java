package dev.funnel.gateway.stage;

import dev.funnel.runtime.wire.Bounds;
import dev.funnel.runtime.wire.Candidates;
import dev.funnel.runtime.wire.ComponentReport;
import dev.funnel.runtime.wire.Degradation;
import dev.funnel.runtime.wire.ItemTrace;
import dev.funnel.runtime.wire.Nomination;
import dev.funnel.runtime.wire.Stage;
import dev.funnel.runtime.wire.StageReport;
import dev.funnel.runtime.wire.TraceVerdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Merges pools into one: an item of several pools stands once, keeps every nomination and its best calibrated score. Beyond the
 * contract's bound of candidates, later pools' further items are left out. Pool scores are dropped, since no generator has
 * scored the other pools' items.
 */
final class PoolMerge {
    private final Map<String, Integer> positions = new LinkedHashMap<>();
    private final List<Nomination> nominations = new ArrayList<>();
    private float[] calibrated = new float[0];
    private boolean calibratedKnown = true;

    private PoolMerge() {}

    /** @param lost what was lost on the way, beside what the parts say themselves */
    static Retrieved merge(List<Retrieved> parts, List<Degradation> lost) {
        PoolMerge merge = new PoolMerge();
        parts.forEach(part -> merge.add(part.candidates()));
        List<Degradation> degradations = new ArrayList<>(lost);
        parts.forEach(part -> degradations.addAll(part.degradations()));
        return new Retrieved(merge.pool(), List.copyOf(degradations), merge.report(parts), traces(parts));
    }

    private void add(Candidates part) {
        int[] merged = new int[part.size()];
        for (int i = 0; i < merged.length; i++) {
            merged[i] = position(part.itemIds().get(i));
        }
        calibratedKnown &= part.size() == part.calibratedScores().length;
        if (calibratedKnown) {
            raiseCalibrated(merged, part.calibratedScores());
        }
        part.nominations().forEach(nomination -> nominations.add(moved(nomination, merged)));
    }

    /** The position of an item in the merged pool, or -1 if the pool is full. */
    private int position(String itemId) {
        Integer known = positions.get(itemId);
        if (known != null) {
            return known;
        }
        if (positions.size() == Bounds.CANDIDATES) {
            return -1;
        }
        positions.put(itemId, positions.size());
        return positions.size() - 1;
    }

    private void raiseCalibrated(int[] merged, float[] scores) {
        int before = calibrated.length;
        calibrated = Arrays.copyOf(calibrated, positions.size());
        Arrays.fill(calibrated, before, calibrated.length, Float.NEGATIVE_INFINITY);
        for (int i = 0; i < merged.length; i++) {
            if (merged[i] >= 0) {
                calibrated[merged[i]] = Math.max(calibrated[merged[i]], scores[i]);
            }
        }
    }

    private static Nomination moved(Nomination nomination, int[] merged) {
        int[] kept = IntStream.range(0, nomination.size())
                .filter(i -> merged[nomination.positions()[i]] >= 0)
                .toArray();
        int[] positions =
                IntStream.of(kept).map(i -> merged[nomination.positions()[i]]).toArray();
        return new Nomination(
                nomination.generator(),
                positions,
                picked(nomination.scores(), kept),
                nomination.calibrated().length == 0 ? new float[0] : picked(nomination.calibrated(), kept),
                new float[0],
                nomination.origin(),
                nomination.itemOrigins().isEmpty()
                        ? List.of()
                        : IntStream.of(kept).mapToObj(nomination::itemOrigin).toList());
    }

    private static float[] picked(float[] values, int[] rows) {
        float[] picked = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            picked[i] = values[rows[i]];
        }
        return picked;
    }

    private Candidates pool() {
        return new Candidates(
                List.copyOf(positions.keySet()), List.copyOf(nominations), calibratedKnown ? calibrated : new float[0]);
    }

    private StageReport report(List<Retrieved> parts) {
        Duration slowest = parts.stream()
                .map(part -> part.report().elapsed())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        List<ComponentReport> components = parts.stream()
                .flatMap(part -> part.report().components().stream())
                .toList();
        return new StageReport(Stage.CANDIDATES, 0, positions.size(), slowest, components);
    }

    /** Of what the parts say about an item, the word that goes furthest: one part that nominated it outweighs all that did not. */
    private static List<ItemTrace> traces(List<Retrieved> parts) {
        Map<String, ItemTrace> byItem = new LinkedHashMap<>();
        for (Retrieved part : parts) {
            part.traces()
                    .forEach(trace -> byItem.merge(
                            trace.itemId(), trace, (a, b) -> weight(b.verdict()) > weight(a.verdict()) ? b : a));
        }
        return List.copyOf(byItem.values());
    }

    private static int weight(TraceVerdict verdict) {
        return switch (verdict) {
            case PASSED -> 5;
            case REMOVED -> 4;
            case OUTRANKED -> 3;
            case NOT_NOMINATED -> 2;
            case UNKNOWN_ITEM -> 1;
            case UNKNOWN -> 0;
        };
    }
}
