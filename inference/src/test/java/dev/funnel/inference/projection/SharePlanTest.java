package dev.funnel.inference.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class SharePlanTest {
    private static final long GIB = 1L << 30;

    @Test
    void all_items_are_kept_as_they_are_if_there_is_room() {
        assertEquals(new SharePlan(SharePlan.Form.FULL, 200_000, 800_000_000), SharePlan.of(200_000, 1_000, GIB, () -> {
            throw new AssertionError("nothing to decide");
        }));
    }

    @Test
    void half_precision_is_taken_if_it_fits_and_is_good() {
        assertEquals(
                new SharePlan(SharePlan.Form.HALF, 500_000, 1_000_000_000),
                SharePlan.of(500_000, 1_000, GIB, () -> true));
    }

    @Test
    void a_cache_stays_within_the_budget_if_half_precision_is_not_good_or_ten_million_items_do_not_fit() {
        for (SharePlan plan : new SharePlan[] {
            SharePlan.of(500_000, 1_000, GIB, () -> false), SharePlan.of(10_000_000, 1_024, GIB, () -> true)
        }) {
            assertEquals(SharePlan.Form.CACHE, plan.form());
            assertTrue(plan.bytes() <= GIB && plan.bytes() > GIB - 50_000, plan.toString());
            assertTrue(plan.items() > 250_000, plan.toString());
        }
    }

    @Test
    void nothing_is_kept_without_room_for_a_handful() {
        assertEquals(SharePlan.NONE, SharePlan.of(500_000, 1_000, 1_000, () -> true));
    }
}
