package dev.funnel.runtime.wire;

import dev.funnel.proto.common.v1.Interaction;
import dev.funnel.proto.common.v1.InteractionColumns;
import dev.funnel.runtime.error.CallerError;
import java.util.ArrayList;
import java.util.List;

/** Reads interactions, one message each (from callers) or in columns (between stages), into full columns. */
final class InteractionsFromWire {
    private InteractionsFromWire() {}

    static Interactions listed(String field, List<Interaction> wire) {
        Bounds.atMost(field, wire, Bounds.RECENT_INTERACTIONS);
        int size = wire.size();
        List<String> ids = new ArrayList<>(size);
        List<String> texts = new ArrayList<>(size);
        byte[] kinds = new byte[size];
        long[] times = new long[size];
        long[] watched = new long[size];
        float[] weights = new float[size];
        for (int i = 0; i < size; i++) {
            Interaction each = wire.get(i);
            String at = field + "[" + i + "]";
            kinds[i] = kind(each.getKindValue());
            ids.add(itemId(at + ".item_id", each.getItemId(), kinds[i]));
            times[i] = each.hasTime()
                    ? WireTimes.instant(at + ".time", each.getTime()).toEpochMilli()
                    : 0;
            watched[i] = each.hasWatched() ? watched(at + ".watched", each) : -1;
            weights[i] = weight(at + ".weight", each.getWeight());
            texts.add(Bounds.text(at + ".query_text", each.getQueryText(), Bounds.QUERY_TEXT_BYTES));
        }
        return new Interactions(List.copyOf(ids), kinds, times, watched, weights, List.copyOf(texts));
    }

    static Interactions columns(String field, InteractionColumns wire) {
        Bounds.atMost(field + ".item_ids", wire.getItemIdsList(), Bounds.RECENT_INTERACTIONS);
        int size = wire.getItemIdsCount();
        optionalColumn(field + ".kinds", wire.getKindsCount(), size);
        optionalColumn(field + ".times_ms", wire.getTimesMsCount(), size);
        optionalColumn(field + ".watched_ms", wire.getWatchedMsCount(), size);
        optionalColumn(field + ".weights", wire.getWeightsCount(), size);
        byte[] kinds = new byte[size];
        long[] watched = new long[size];
        float[] weights = new float[size];
        for (int i = 0; i < size; i++) {
            kinds[i] = kind(wire.getKindsCount() == 0 ? 0 : wire.getKindsValue(i));
            itemId(field + ".item_ids[" + i + "]", wire.getItemIds(i), kinds[i]);
            watched[i] = wire.getWatchedMsCount() == 0 ? -1 : Math.max(-1, wire.getWatchedMs(i));
            weights[i] = wire.getWeightsCount() == 0 ? 1 : weight(field + ".weights[" + i + "]", wire.getWeights(i));
        }
        return new Interactions(wire.getItemIdsList(), kinds, times(wire, size), watched, weights);
    }

    private static long[] times(InteractionColumns wire, int size) {
        long[] times = new long[size];
        for (int i = 0; i < wire.getTimesMsCount(); i++) {
            times[i] = wire.getTimesMs(i);
        }
        return times;
    }

    private static void optionalColumn(String field, int length, int rows) {
        if (length != 0) {
            Bounds.sameLength(field, length, rows);
        }
    }

    private static byte kind(int number) {
        return (byte) InteractionKind.ofNumber(number).number();
    }

    private static String itemId(String field, String id, byte kind) {
        boolean search = kind == InteractionKind.SEARCH.number();
        return search ? Bounds.id(field, id) : Bounds.requiredId(field, id);
    }

    private static long watched(String field, Interaction wire) {
        java.time.Duration watched = WireTimes.duration(field, wire.getWatched());
        if (watched.isNegative()) {
            throw new CallerError(field, watched, "must not be negative");
        }
        return watched.toMillis();
    }

    private static float weight(String field, float weight) {
        if (!(weight >= 0 && weight <= Bounds.MAX_WEIGHT)) {
            throw new CallerError(field, weight, "must be in (0, 1000]");
        }
        return weight == 0 ? 1 : weight;
    }
}
