package dev.funnel.trainer.prepare;

import dev.funnel.bundle.History;
import dev.funnel.trainer.read.InteractionLog;
import java.util.Arrays;

/**
 * Everyone's interactions, newest first, in the form of the bundle's user table. Of interactions at one time, or without
 * times, the later in the file is the newer.
 *
 * @param offsets row u's history is entries {@code offsets[u]} to {@code offsets[u + 1] - 1} of {@code all}
 */
public record UserHistories(long[] offsets, History all) {

    /** The histories of the interactions at these places, at most {@code most} of each user. */
    public static UserHistories of(Deeds deeds, int[] places, int most) {
        InteractionLog log = deeds.log();
        int[] sorted = newestFirst(log, places, deeds.userCount());
        long[] offsets = new long[deeds.userCount() + 1];
        int[] kept = new int[sorted.length];
        int size = 0;
        int at = 0;
        for (int user = 0; user < deeds.userCount(); user++) {
            for (int taken = 0; at < sorted.length && log.users()[sorted[at]] == user; at++, taken++) {
                if (taken < most) {
                    kept[size++] = sorted[at];
                }
            }
            offsets[user + 1] = size;
        }
        return new UserHistories(offsets, columns(deeds, Arrays.copyOf(kept, size)));
    }

    /** All that the user did. */
    public History of(int user) {
        return range(offsets[user], offsets[user + 1]);
    }

    /** The newest {@code most} of what the user did. */
    public History newest(int user, int most) {
        return range(offsets[user], Math.min(offsets[user + 1], offsets[user] + most));
    }

    /** What the user had done before an instant, the newest {@code most}. */
    public History before(int user, long timeMs, int most) {
        long from = offsets[user];
        long end = offsets[user + 1];
        long low = from;
        for (long high = end; low < high; ) {
            long middle = (low + high) >>> 1;
            if (all.timesMs()[(int) middle] < timeMs) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return range(low, Math.min(end, low + most));
    }

    private History range(long from, long to) {
        int a = (int) from;
        int b = (int) to;
        return a == b
                ? History.EMPTY
                : new History(
                        Arrays.copyOfRange(all.items(), a, b),
                        Arrays.copyOfRange(all.timesMs(), a, b),
                        Arrays.copyOfRange(all.kinds(), a, b),
                        Arrays.copyOfRange(all.watchedMs(), a, b),
                        Arrays.copyOfRange(all.weights(), a, b));
    }

    /** Places by user, then from the newest. */
    private static int[] newestFirst(InteractionLog log, int[] places, int userCount) {
        int[] byTime = places.clone();
        if (log.timed()) {
            byTime = Arrays.stream(places)
                    .boxed()
                    .sorted((a, b) -> Long.compare(log.timesMs()[a], log.timesMs()[b]))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
        int[] next = new int[userCount + 1];
        for (int place : byTime) {
            next[log.users()[place] + 1]++;
        }
        Arrays.parallelPrefix(next, Integer::sum);
        int[] sorted = new int[byTime.length];
        for (int i = byTime.length - 1; i >= 0; i--) {
            sorted[next[log.users()[byTime[i]]]++] = byTime[i];
        }
        return sorted;
    }

    private static History columns(Deeds deeds, int[] places) {
        InteractionLog log = deeds.log();
        History columns = new History(
                new int[places.length],
                new long[places.length],
                new byte[places.length],
                new long[places.length],
                new float[places.length]);
        for (int to = 0; to < places.length; to++) {
            int from = places[to];
            float watched = log.watchSeconds()[from];
            columns.items()[to] = log.items()[from];
            columns.timesMs()[to] = log.timesMs()[from];
            columns.kinds()[to] = log.kinds()[from];
            columns.watchedMs()[to] = Float.isNaN(watched) ? -1 : Math.round(1000.0 * watched);
            columns.weights()[to] = deeds.strengths()[from] > 0 ? deeds.strengths()[from] : log.weights()[from];
        }
        return columns;
    }
}
