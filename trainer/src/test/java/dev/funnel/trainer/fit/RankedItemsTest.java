package dev.funnel.trainer.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class RankedItemsTest {
    private static final long UNKNOWN = Long.MIN_VALUE;

    private static long millis(String time) {
        return Instant.parse(time).toEpochMilli();
    }

    @Test
    void the_most_popular_have_the_greatest_weight() {
        RankedItems popular = Popularity.fit(5, new int[] {3, 1, 3, 0, 1, 4}, new float[] {1, 1, 1, 0.5f, 1, 0.25f}, 3);
        assertArrayEquals(new int[] {1, 3, 0}, popular.items());
        assertArrayEquals(new float[] {2, 2, 0.5f}, popular.scores());
    }

    @Test
    void an_item_nobody_saw_is_not_popular() {
        assertEquals(
                2, Popularity.fit(9, new int[] {3, 1}, new float[] {1, 1}, 9).items().length);
    }

    @Test
    void popularity_over_a_matrix_is_that_of_its_entries() {
        SparseRows matrix = SparseRows.of(2, 3, new int[] {0, 1, 1}, new int[] {2, 2, 0}, new float[] {1, 3, 2});
        assertArrayEquals(new int[] {2, 0}, Popularity.fit(matrix, 3).items());
    }

    @Test
    void the_newest_are_those_published_last() {
        RankedItems newest = Newest.byPublication(
                new long[] {
                    millis("2026-01-01T00:00:00Z"),
                    UNKNOWN,
                    millis("2026-01-03T00:00:00Z"),
                    millis("2025-12-31T00:00:00Z")
                },
                10);
        assertArrayEquals(new int[] {2, 0, 3}, newest.items());
        assertArrayEquals(new float[] {1, 1 / 3f, 1 / 4f}, newest.scores(), 1e-7f);
        assertEquals(0, newest.list().score(1));
    }

    @Test
    void seconds_apart_after_years_are_still_told_apart() {
        long[] published = new long[2000];
        for (int item = 0; item < published.length; item++) {
            published[item] = millis("2024-01-01T00:00:00Z") + 60_000L * item;
        }
        published[0] = millis("2026-01-01T00:00:00Z");
        RankedItems newest = Newest.byPublication(published, 2000);
        for (int place = 1; place < 2000; place++) {
            assertEquals(2000 - place, newest.items()[place]);
        }
    }

    @Test
    void without_times_the_newest_are_those_seen_last() {
        RankedItems newest = Newest.byLastInteraction(5, new int[] {0, 3, 1, 3, 0, 2}, 3);
        assertArrayEquals(new int[] {2, 0, 3}, newest.items());
        assertArrayEquals(new float[] {1, 1 / 2f, 1 / 3f}, newest.scores(), 1e-7f);
    }

    @Test
    void nothing_published_is_nothing_new() {
        assertEquals(0, Newest.byPublication(new long[] {UNKNOWN, UNKNOWN}, 5).items().length);
        assertEquals(0, Newest.byPublication(new long[0], 5).items().length);
    }
}
