package dev.funnel.inference.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.History;
import dev.funnel.bundle.schema.BagFeature;
import dev.funnel.bundle.schema.CategoryFeature;
import dev.funnel.bundle.schema.EmbeddingFeature;
import dev.funnel.bundle.schema.InvalidSchemaException;
import dev.funnel.bundle.schema.NumberFeature;
import dev.funnel.bundle.schema.Reading;
import dev.funnel.bundle.schema.Scale;
import dev.funnel.bundle.schema.Source;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every reading against values reckoned by hand; see {@link Cells} for the items. */
final class FeatureTransformTest {
    private static final float NONE = Float.NaN;
    private static final RankingInput WATCHED = Cells.request(Cells.watchedOneAndZero());
    private static final RankingInput NEWCOMER = Cells.request(History.EMPTY);

    @TempDir
    Path folder;

    private Cells cells;

    @BeforeEach
    void items() throws Exception {
        cells = new Cells(folder, Arena.ofAuto());
    }

    private void pair(Reading from, @Nullable String of, RankingInput input, float... expected) {
        assertArrayEquals(expected, cells.raw(Source.PAIR, from, of, input), 1e-5f, from + " of " + of);
    }

    @Test
    void an_item_column_is_read_by_item() {
        assertArrayEquals(
                new float[] {100, 200, NONE, 50, NONE},
                cells.raw(Source.ITEM, Reading.COLUMN, "duration_seconds", WATCHED));
        assertArrayEquals(
                new float[] {7, 8, NONE, 9, NONE}, cells.raw(Source.ITEM, Reading.STATISTIC, "watches", WATCHED));
    }

    @Test
    void an_age_is_counted_from_the_column_to_the_time_of_the_query() {
        float fiveHours = 5 * 3600;
        pair(
                Reading.AGE,
                "published_at",
                WATCHED,
                10 * 86_400 + fiveHours,
                9 * 86_400 + fiveHours,
                NONE,
                8 * 86_400 + fiveHours,
                NONE);
    }

    @Test
    void a_recent_share_is_weighed_and_averaged_over_the_items_values() {
        pair(Reading.RECENT_SHARE, "language", WATCHED, 0.75f, 0.25f, NONE, 0.75f, NONE);
        pair(Reading.RECENT_SHARE, "categories", WATCHED, 1, (1 + 0.25f) / 2, 0.25f, NONE, NONE);
        pair(Reading.RECENT_SHARE, "categories", NEWCOMER, NONE, NONE, NONE, NONE, NONE);
    }

    @Test
    void the_time_since_the_last_watch_is_that_of_the_latest_of_the_items_values() {
        float six = 6 * 3600;
        float seven = 7 * 3600;
        pair(Reading.SINCE_LAST, "language", WATCHED, seven, six, NONE, seven, NONE);
        pair(Reading.SINCE_LAST, "categories", WATCHED, six, six, six, NONE, NONE);
    }

    @Test
    void a_watched_share_is_the_mean_over_watches_with_the_items_values_and_never_above_one() {
        pair(Reading.WATCHED_SHARE, "language", WATCHED, 1, 0.5f, NONE, 1, NONE);
        pair(Reading.WATCHED_SHARE, "categories", WATCHED, 0.75f, (1 + 0.5f + 0.5f) / 3, 0.5f, NONE, NONE);
    }

    @Test
    void a_match_compares_the_items_value_with_the_contexts_or_else_the_profiles() {
        pair(Reading.MATCH, "language", WATCHED, 0, 1, NONE, 0, NONE);
        pair(Reading.MATCH, "categories", WATCHED, NONE, NONE, NONE, NONE, NONE);
    }

    @Test
    void vectors_are_compared_with_the_weighted_mean_of_the_recent_ones() {
        double mean0 = 0.75;
        double mean1 = 0.5;
        double norm = Math.hypot(mean0, mean1);
        pair(Reading.DOT, "vectors", WATCHED, 0.75f, 1, 4.25f, 0, NONE);
        pair(
                Reading.COSINE,
                "vectors",
                WATCHED,
                (float) (mean0 / norm),
                (float) (mean1 / norm),
                (float) (4.25 / 5 / norm),
                NONE,
                NONE);
        pair(Reading.DOT, "vectors", NEWCOMER, NONE, NONE, NONE, NONE, NONE);
    }

    @Test
    void impressions_without_a_click_are_counted_if_somebody_counted() {
        pair(Reading.UNCLICKED, null, WATCHED, 0, 0, 0, 2, NONE);
    }

    @Test
    void what_generators_said_is_read_for_unknown_items_too() {
        assertArrayEquals(
                new float[] {.1f, .2f, .3f, NONE, .5f}, cells.raw(Source.CANDIDATE, Reading.SCORE, "als", WATCHED));
        assertArrayEquals(new float[] {1, 0, 0, 0, 1}, cells.raw(Source.CANDIDATE, Reading.NOMINATED, "als", WATCHED));
        assertArrayEquals(new float[] {2, 1, 0, 0, 1}, cells.raw(Source.CANDIDATE, Reading.NOMINATIONS, null, WATCHED));
        assertArrayEquals(
                new float[] {NONE, NONE, NONE, NONE, NONE},
                cells.raw(Source.CANDIDATE, Reading.SCORE, "nobody", WATCHED));
    }

    @Test
    void without_positions_every_candidate_is_as_if_it_were_first() {
        assertArrayEquals(new float[] {1, 1, 1, 1, 1}, cells.raw(Source.CANDIDATE, Reading.POSITION, null, WATCHED));
    }

    @Test
    void profile_history_and_clock_are_read_once_a_request() {
        assertEquals(30, cells.raw(Source.USER, Reading.PROFILE, "age", WATCHED)[0]);
        assertEquals(NONE, cells.raw(Source.USER, Reading.PROFILE, "height", WATCHED)[0]);
        assertEquals(2, cells.raw(Source.USER, Reading.HISTORY_COUNT, null, WATCHED)[0]);
        assertEquals(125, cells.raw(Source.USER, Reading.HISTORY_MEAN, "duration_seconds", WATCHED)[0]);
        assertEquals(0.75f, cells.raw(Source.USER, Reading.HISTORY_WATCHED_SHARE, null, WATCHED)[0]);
        assertEquals(5, cells.raw(Source.CONTEXT, Reading.HOUR_OF_DAY, null, WATCHED)[0]);
        assertEquals(7, cells.raw(Source.CONTEXT, Reading.DAY_OF_WEEK, null, WATCHED)[0], "1970-01-11 was a Sunday");
    }

    @Test
    void a_number_is_written_with_its_powers_and_the_flag_of_its_absence() {
        NumberFeature feature =
                new NumberFeature("quantiled", Reading.COLUMN, "duration_seconds", Scale.QUANTILE, true, 0.25f, true);
        float[][] rows = cells.written(Source.ITEM, feature, WATCHED);
        assertArrayEquals(new float[] {1, 1, 1, 0}, rows[0]);
        assertArrayEquals(new float[] {0.25f, 0.0625f, 0.5f, 1}, rows[2]);
        assertArrayEquals(new float[] {0.5f, 0.25f, (float) Math.sqrt(0.5), 0}, rows[3]);
    }

    @Test
    void a_category_is_its_row_and_out_of_vocabulary_the_zero_vector() {
        float[][] rows = cells.written(
                Source.ITEM, new CategoryFeature("language", Reading.COLUMN, "language", "words"), WATCHED);
        assertArrayEquals(new float[][] {{1, 2}, {0, 0}, {0, 0}, {1, 2}, {0, 0}}, rows);
    }

    @Test
    void a_bag_is_the_mean_of_its_known_rows() {
        float[][] rows = cells.written(
                Source.ITEM, new BagFeature("categories", Reading.COLUMN, "categories", "words"), WATCHED);
        assertArrayEquals(new float[][] {{3, 4}, {4, 5}, {5, 6}, {0, 0}, {0, 0}}, rows);
    }

    @Test
    void an_item_has_its_own_row_and_its_own_vector() {
        float[][] own = {{1, 0}, {0, 2}, {3, 4}, {0, 0}, {0, 0}};
        assertArrayEquals(
                own, cells.written(Source.ITEM, new CategoryFeature("id", Reading.ID, null, "vectors"), WATCHED));
        assertArrayEquals(
                own, cells.written(Source.ITEM, new EmbeddingFeature("v", Reading.VECTOR, "vectors"), WATCHED));
    }

    @Test
    void what_candidates_share_is_written_for_each_of_them() {
        float[][] watched =
                cells.written(Source.USER, new BagFeature("recent", Reading.HISTORY_ITEMS, null, "vectors"), WATCHED);
        float[][] categories = cells.written(
                Source.USER, new BagFeature("recent", Reading.HISTORY_COLUMN, "categories", "words"), WATCHED);
        float[][] hour =
                cells.written(Source.CONTEXT, new CategoryFeature("hour", Reading.HOUR_OF_DAY, null, "words"), WATCHED);
        float[][] mean =
                cells.written(Source.USER, new EmbeddingFeature("mean", Reading.HISTORY_VECTOR, "vectors"), WATCHED);
        for (int row = 0; row < 5; row++) {
            assertArrayEquals(new float[] {0.5f, 1}, watched[row], "row " + row);
            assertArrayEquals(new float[] {11 / 3f, 14 / 3f}, categories[row], 1e-6f, "row " + row);
            assertArrayEquals(new float[] {7, 8}, hour[row], "row " + row);
            assertArrayEquals(new float[] {0.75f, 0.5f}, mean[row], "row " + row);
        }
    }

    @Test
    void a_newcomer_has_the_zero_vector_for_a_history() {
        float[][] rows =
                cells.written(Source.USER, new BagFeature("recent", Reading.HISTORY_ITEMS, null, "vectors"), NEWCOMER);
        assertArrayEquals(new float[] {0, 0}, rows[0]);
    }

    @Test
    void a_feature_of_a_column_that_is_not_there_is_refused_by_name() {
        NumberFeature feature = new NumberFeature("height", Reading.COLUMN, "height_cm", Scale.NONE, false, 0, false);
        InvalidSchemaException refusal =
                assertThrows(InvalidSchemaException.class, () -> cells.transform(Source.ITEM, feature));
        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.contains("\"height\"") && message.contains("height_cm"), message);
    }

    @Test
    void a_scaled_feature_without_its_scale_is_refused_by_name() {
        NumberFeature feature =
                new NumberFeature("fresh", Reading.AGE, "published_at", Scale.STANDARD, false, 0, false);
        InvalidSchemaException refusal =
                assertThrows(InvalidSchemaException.class, () -> cells.transform(Source.PAIR, feature));
        assertTrue(String.valueOf(refusal.getMessage()).contains("\"fresh\""), refusal.getMessage());
    }
}
