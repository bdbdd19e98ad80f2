package dev.funnel.trainer.bait;

import dev.funnel.trainer.read.InteractionKinds;
import dev.funnel.trainer.read.InteractionLog;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Clicks of known watch time, oldest first.
 *
 * @param items item of each
 * @param left whether each was left at once
 */
record Clicks(int[] items, boolean[] left) {
    /** The watches of a log whose length is known. */
    static Clicks of(InteractionLog log, double leftWithinSeconds) {
        int[] chosen = IntStream.range(0, log.size())
                .filter(i -> log.kinds()[i] == InteractionKinds.WATCH && !Float.isNaN(log.watchSeconds()[i]))
                .boxed()
                .sorted(Comparator.comparingLong(i -> log.timesMs()[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] items = new int[chosen.length];
        boolean[] left = new boolean[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            items[i] = log.items()[chosen[i]];
            left[i] = log.watchSeconds()[chosen[i]] < leftWithinSeconds;
        }
        return new Clicks(items, left);
    }

    int size() {
        return items.length;
    }

    /** Those from {@code from} to {@code to}. */
    Clicks part(int from, int to) {
        return new Clicks(Arrays.copyOfRange(items, from, to), Arrays.copyOfRange(left, from, to));
    }

    /** Share that was left at once. */
    double share() {
        int count = 0;
        for (boolean one : left) {
            count += one ? 1 : 0;
        }
        return size() == 0 ? 0 : (double) count / size();
    }
}
