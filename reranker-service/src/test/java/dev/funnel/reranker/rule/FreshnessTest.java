package dev.funnel.reranker.rule;

import static dev.funnel.reranker.rule.Request.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FreshnessTest extends TransformContractTest {
    private static final long DAY = 86_400_000;

    @Override
    ScoreTransform transform() {
        return new Freshness("freshness", Duration.ofDays(2), 0.5, Freshness.Shape.EXPONENTIAL, "published_at");
    }

    @Test
    void the_boost_halves_with_every_half_life() {
        assertEquals(15, boosted(10, NOW), 1e-5);
        assertEquals(12.5, boosted(10, NOW - 2 * DAY), 1e-5);
        assertEquals(11.25, boosted(10, NOW - 4 * DAY), 1e-5);
    }

    @Test
    void a_line_reaches_nothing_after_two_half_lives_and_a_step_ends_after_one() {
        Freshness line = new Freshness("f", Duration.ofDays(2), 0.5, Freshness.Shape.LINEAR, "published_at");
        assertEquals(12.5, boosted(line, 10, NOW - 2 * DAY), 1e-5);
        assertEquals(10, boosted(line, 10, NOW - 4 * DAY), 1e-5);
        Freshness step = new Freshness("f", Duration.ofDays(2), 0.5, Freshness.Shape.STEP, "published_at");
        assertEquals(15, boosted(step, 10, NOW - 2 * DAY), 1e-5);
        assertEquals(10, boosted(step, 10, NOW - 2 * DAY - 1), 1e-5);
    }

    @Test
    void any_time_of_the_table_can_be_the_age() {
        Freshness byExpiry = new Freshness("f", Duration.ofDays(2), 0.5, Freshness.Shape.STEP, "expires_at");
        RerankInput input = new Request(new Catalogue(0).item("a").expires(NOW - DAY))
                .candidate("a", 10)
                .input();
        float[] scores = {10};
        byExpiry.apply(input, new int[] {0}, scores);
        assertEquals(15, scores[0], 1e-5);
    }

    @Test
    void a_negative_score_is_raised_too_and_zero_stays() {
        assertEquals(-10 / 1.5, boosted(-10, NOW), 1e-5);
        assertEquals(0, boosted(0, NOW));
    }

    @Test
    void an_item_from_the_future_counts_as_brand_new() {
        assertEquals(15, boosted(10, NOW + DAY), 1e-5);
    }

    @Test
    void the_reason_gives_age_and_change() {
        RerankInput input = input(10, NOW - 2 * DAY);
        assertEquals("2 days old: +25 %", transform().reason(input, 0, 10, 12.5f));
    }

    private float boosted(float score, long publishedAt) {
        return boosted(transform(), score, publishedAt);
    }

    private static float boosted(ScoreTransform transform, float score, long publishedAt) {
        float[] scores = {score};
        transform.apply(input(score, publishedAt), new int[] {0}, scores);
        return scores[0];
    }

    private static RerankInput input(float score, long publishedAt) {
        return new Request(new Catalogue(0).item("a").published(publishedAt))
                .candidate("a", score)
                .input();
    }
}
