package dev.funnel.trainer.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.testing.PublicData;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.fit.SparseRows;
import dev.funnel.trainer.read.InputColumn;
import dev.funnel.trainer.read.InputTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ContentSystemTest {

    /** Items 0 and 1 are drama, 2 is comedy, 3 both. */
    private static InputTable items() {
        InputTable items = FitTask.numbered(4);
        items.columns()
                .put(
                        "categories",
                        new InputColumn.CategoryLists(List.of(
                                List.of("drama"), List.of("drama"), List.of("comedy"), List.of("drama", "comedy"))));
        return items;
    }

    /** User 0 watched item 0; user 1 items 0 and 2; user 2 nothing. */
    private static float[] scores(int user, Map<String, Double> settings) {
        SparseRows train = SparseRows.of(3, 4, new int[] {0, 1, 1}, new int[] {0, 0, 2}, new float[] {1, 1, 1});
        FitTask task = new FitTask(
                train,
                FitTask.numbered(3),
                items(),
                Overrides.of(settings),
                1,
                1,
                Progress.SILENT,
                new LinkedHashMap<>());
        float[] scores = new float[4];
        try (Scorer scorer = new ContentSystem().fit(task)) {
            scorer.scores(user, scores);
        }
        return scores;
    }

    @Test
    void scores_are_those_worked_out_by_hand() {
        Map<String, Double> plain = Map.of("by-rarity", 0.0);
        float half = (float) Math.sqrt(.5);
        assertArrayEquals(new float[] {1, 1, 0, half}, scores(0, plain), 1e-6f);
        assertArrayEquals(new float[] {half, half, half, 1}, scores(1, plain), 1e-6f);
        assertArrayEquals(new float[4], scores(2, plain));
        Map<String, Double> euclidean = Map.of("by-rarity", 0.0, "euclidean", 1.0);
        assertArrayEquals(new float[] {0, 0, -2, -(1 - half) * (1 - half) - .5f}, scores(0, euclidean), 1e-6f);
        Map<String, Double> dot = Map.of("by-rarity", 0.0, "exponent", 1.0);
        assertArrayEquals(new float[] {.5f, .5f, .5f, half}, scores(1, dot), 1e-6f);
        Map<String, Double> tempered = Map.of("by-rarity", 0.0, "exponent", .5);
        float ofHalfLength = (float) Math.pow(.5, -.25);
        assertArrayEquals(
                new float[] {.5f * ofHalfLength, .5f * ofHalfLength, .5f * ofHalfLength, half * ofHalfLength},
                scores(1, tempered),
                1e-6f);
    }

    @Test
    void what_is_rare_counts_more_than_what_everything_has() {
        float[] scores = scores(1, Map.of()); // likes drama, which three of four have, and comedy, which two have
        assertTrue(scores[2] > scores[1], Arrays.toString(scores));
    }

    @Test
    void genres_and_years_find_more_of_what_people_like_next_than_chance_does() throws IOException {
        Path folder = PublicData.folder("ml-100k");
        EvaluationResult result = OfflineEvaluation.read(
                        progress -> MovieLens100k.read(folder, false, 20), 1, 2, Progress.SILENT)
                .evaluate(new ContentSystem(), Overrides.none());
        double chance = 20.0 / 1_682;
        assertTrue(result.metrics().getOrDefault("recall@20", 0.0) > 2 * chance, result.toString());
        assertEquals("full", result.protocol());
        assertEquals("1682", result.notes().get("items"));
        assertTrue(
                String.valueOf(result.notes().get("settings")).contains("[categories, title, year]"),
                result.toString());
    }

    @Test
    void the_newest_fifth_of_what_someone_likes_is_held_out_and_validation_never_sees_it() throws IOException {
        Path folder = PublicData.folder("ml-100k");
        FullSplit test = MovieLens100k.read(folder, false, 20);
        FullSplit validation = MovieLens100k.read(folder, true, 20);
        int liked = 55_375; // ratings of 4 and 5
        int heldOut =
                Arrays.stream(test.heldOut()).mapToInt(items -> items.length).sum();
        assertEquals(liked, test.train().entries() + heldOut);
        int user = 0; // in u.data user 1 has 163 ratings of 4 and 5
        assertEquals(163 / 5, test.heldOut()[user].length);
        assertEquals(131 / 5, validation.heldOut()[user].length);
        for (int item : test.heldOut()[user]) {
            assertTrue(!validation.train().has(user, item) && !test.train().has(user, item), "item " + item);
            assertTrue(Arrays.binarySearch(validation.heldOut()[user], item) < 0, "item " + item);
        }
        InputColumn.CategoryLists genres =
                (InputColumn.CategoryLists) test.items().columns().get("categories");
        assertEquals(
                List.of("Animation", "Children's", "Comedy"),
                genres == null ? null : genres.values().getFirst());
    }
}
