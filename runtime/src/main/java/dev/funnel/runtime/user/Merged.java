package dev.funnel.runtime.user;

import dev.funnel.bundle.History;
import dev.funnel.runtime.wire.InteractionKind;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Two histories as one, newest first.
 *
 * @param fresh per row whether it is from the caller
 */
record Merged(History history, boolean[] fresh) {

    /**
     * Merges by time, each side keeping its own order: a side's rows without times stand where its order puts them. At equal
     * times, and where the bundle's time is unknown, the caller's row is the newer.
     */
    static Merged newestFirst(History caller, History held) {
        int size = caller.size() + held.size();
        History merged = new History(new int[size], new long[size], new byte[size], new long[size], new float[size]);
        boolean[] fresh = new boolean[size];
        int fromCaller = 0;
        int fromHeld = 0;
        for (int at = 0; at < size; at++) {
            fresh[at] = fromHeld == held.size()
                    || (fromCaller < caller.size() && caller.timesMs()[fromCaller] >= held.timesMs()[fromHeld]);
            if (fresh[at]) {
                Histories.copy(caller, fromCaller++, merged, at);
            } else {
                Histories.copy(held, fromHeld++, merged, at);
            }
        }
        return new Merged(merged, fresh);
    }

    /** The rows of some kinds. */
    Merged where(Predicate<InteractionKind> kinds) {
        int[] rows = IntStream.range(0, fresh.length)
                .filter(row -> kinds.test(Histories.kind(history, row)))
                .toArray();
        boolean[] kept = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            kept[i] = fresh[rows[i]];
        }
        return new Merged(Histories.where(history, row -> kinds.test(Histories.kind(history, row))), kept);
    }

    /** The length of the shortest prefix of the first {@code rows} rows that has all the fresh ones among them. */
    int freshCount(int rows) {
        int count = rows;
        while (count > 0 && !fresh[count - 1]) {
            count--;
        }
        return count;
    }
}
