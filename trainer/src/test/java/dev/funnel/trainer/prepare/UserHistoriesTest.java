package dev.funnel.trainer.prepare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funnel.bundle.History;
import dev.funnel.trainer.read.InteractionKinds;
import dev.funnel.trainer.read.InteractionLog;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UserHistoriesTest {

    private static final byte WATCH = InteractionKinds.WATCH;
    private static final byte DISLIKE = InteractionKinds.DISLIKE;

    private static Deeds deeds(long... times) {
        int size = times.length;
        int[] users = IntStream.range(0, size).map(i -> i % 2).toArray();
        int[] items = IntStream.range(0, size).map(i -> 10 + i).toArray();
        byte[] kinds = new byte[size];
        Arrays.fill(kinds, WATCH);
        kinds[2] = DISLIKE;
        float[] seconds = new float[size];
        Arrays.fill(seconds, Float.NaN);
        seconds[0] = 1.5f;
        float[] weights = new float[size];
        Arrays.fill(weights, 1);
        float[] durations = new float[100];
        Arrays.fill(durations, 60);
        return Deeds.of(
                new InteractionLog(users, items, times, kinds, seconds, weights),
                3,
                100,
                durations,
                PositiveRule.DEFAULT);
    }

    private static int[] all(Deeds deeds) {
        return IntStream.range(0, deeds.size()).toArray();
    }

    @Test
    void histories_are_newest_first_with_every_kind_and_what_each_counts() {
        Deeds deeds = deeds(50, 10, 30, 20, 40);
        UserHistories histories = UserHistories.of(deeds, all(deeds), 100);
        History first = histories.of(0);
        assertArrayEquals(new int[] {10, 14, 12}, first.items());
        assertArrayEquals(new long[] {50, 40, 30}, first.timesMs());
        assertArrayEquals(new byte[] {WATCH, WATCH, DISLIKE}, first.kinds());
        assertArrayEquals(new long[] {1500, -1, -1}, first.watchedMs());
        assertArrayEquals(new float[] {.001f, 1, 1}, first.weights());
        assertEquals(0, histories.of(2).size());
    }

    @Test
    void before_an_instant_only_what_was_earlier_is_known() {
        Deeds deeds = deeds(50, 10, 30, 20, 40);
        UserHistories histories = UserHistories.of(deeds, all(deeds), 100);
        assertArrayEquals(new int[] {12}, histories.before(0, 40, 9).items());
        assertArrayEquals(new int[] {14, 12}, histories.before(0, 41, 9).items());
        assertArrayEquals(new int[] {14}, histories.before(0, 41, 1).items());
        assertEquals(0, histories.before(0, 30, 9).size());
    }

    @Test
    void without_times_the_later_row_is_the_newer() {
        Deeds deeds = deeds(0, 0, 0, 0, 0);
        UserHistories histories = UserHistories.of(deeds, all(deeds), 2);
        assertArrayEquals(new int[] {14, 12}, histories.of(0).items());
        assertArrayEquals(new int[] {14}, histories.newest(0, 1).items());
    }
}
