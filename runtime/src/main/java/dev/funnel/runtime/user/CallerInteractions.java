package dev.funnel.runtime.user;

import dev.funnel.bundle.History;
import dev.funnel.bundle.ItemTable;
import dev.funnel.runtime.wire.InteractionKind;
import dev.funnel.runtime.wire.Interactions;
import dev.funnel.runtime.wire.Query;
import java.util.HashSet;
import java.util.Set;

/**
 * What the caller says the user did that the bundle does not hold yet.
 *
 * @param fresh by item index, newest first as the caller gave it; what happened just now carries the time of the query
 * @param ignored how many interactions were with items that the bundle does not hold
 */
record CallerInteractions(History fresh, int ignored) {
    private static final long ANY_TIME = Long.MIN_VALUE;

    /** What makes two accounts one and the same interaction; a caller that gives no time means whichever is known. */
    private record Deed(int item, byte kind, long second) {}

    static CallerInteractions of(Query query, ItemTable items, History held) {
        Interactions recent = query.recent();
        if (recent.size() == 0) {
            return new CallerInteractions(History.EMPTY, 0);
        }
        History dense = dense(recent, items, query.context().timeMillis());
        Set<Deed> known = deeds(held);
        History fresh = Histories.where(
                dense,
                row -> dense.items()[row] >= 0
                        && !known.contains(
                                new Deed(dense.items()[row], dense.kinds()[row], second(recent.timesMs()[row]))));
        return new CallerInteractions(fresh, unknownItems(recent, dense));
    }

    private static History dense(Interactions recent, ItemTable items, long now) {
        int[] indexes = new int[recent.size()];
        long[] times = new long[recent.size()];
        for (int i = 0; i < indexes.length; i++) {
            indexes[i] = items.indexOf(recent.itemIds().get(i));
            times[i] = recent.timesMs()[i] == 0 ? now : recent.timesMs()[i];
        }
        return new History(indexes, times, recent.kinds(), recent.watchedMs(), recent.weights());
    }

    private static Set<Deed> deeds(History held) {
        Set<Deed> deeds = HashSet.newHashSet(2 * held.size());
        for (int row = 0; row < held.size(); row++) {
            int item = held.items()[row];
            byte kind = held.kinds()[row];
            deeds.add(new Deed(item, kind, ANY_TIME));
            deeds.add(new Deed(item, kind, second(held.timesMs()[row])));
        }
        return deeds;
    }

    private static long second(long timeMs) {
        return timeMs == 0 ? ANY_TIME : Math.floorDiv(timeMs, 1_000L);
    }

    private static int unknownItems(Interactions recent, History dense) {
        int unknown = 0;
        for (int row = 0; row < dense.size(); row++) {
            if (dense.items()[row] < 0 && recent.kind(row) != InteractionKind.SEARCH) {
                unknown++;
            }
        }
        return unknown;
    }
}
