package dev.funnel.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.HeadEntry;
import dev.funnel.bundle.RankerEntry;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.inference.feature.GeneratorSignals;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.inference.testing.SmallInputs;
import dev.funnel.inference.testing.SmallRanker;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RankerTest {
    private static final long SEED = 7;

    @TempDir
    Path root;

    private Bundle bundle;
    private Ranker ranker;

    @BeforeEach
    void load() throws Exception {
        bundle = Bundle.open(SmallBundle.directory(root, SmallRanker.publish(root)));
        ranker = Ranker.load(bundle, Objects.requireNonNull(bundle.manifest().ranker()));
    }

    @AfterEach
    void close() {
        ranker.close();
        bundle.close();
    }

    @Test
    void every_candidate_has_a_finite_score_known_or_not() {
        float[] scores = ranker.score(SmallInputs.random(SEED, 700));
        assertEquals(700, scores.length);
        for (float score : scores) {
            assertTrue(Float.isFinite(score) && score > 0, "seed " + SEED + ": " + score);
        }
    }

    @Test
    void an_empty_pool_has_no_scores() {
        assertEquals(0, ranker.score(SmallInputs.random(SEED, 0)).length);
    }

    @Test
    void a_pool_has_the_same_scores_bit_for_bit_however_it_is_cut() {
        RankingInput input = SmallInputs.random(SEED, 1_000);
        float[] whole = ranker.score(input);
        for (int slice : new int[] {1, 2, 3, 15, 16, 17, 100, 255, 256, 257, 999}) {
            Ranker.Scoring scoring = ranker.begin(input);
            for (int from = 0; from < 1_000; from += slice) {
                scoring.score(from, Math.min(1_000, from + slice));
            }
            assertArrayEquals(
                    whole,
                    scoring.heads()[ranker.head(SmallRanker.OBJECTIVE)],
                    "seed " + SEED + ", slices of " + slice);
        }
    }

    @Test
    void a_candidate_has_the_same_score_whatever_stands_beside_it() {
        RankingInput input = SmallInputs.random(SEED, 300);
        float[] whole = ranker.score(input);
        int[] backwards = IntStream.range(0, 300).map(i -> 299 - i).toArray();
        float[] reversed = ranker.score(select(input, backwards));
        for (int i = 0; i < 300; i++) {
            assertEquals(whole[i], reversed[299 - i], "seed " + SEED + ", candidate " + i);
        }
    }

    private static RankingInput select(RankingInput input, int[] positions) {
        GeneratorSignals als = input.generators().getFirst();
        float[] scores = new float[positions.length];
        boolean[] nominated = new boolean[positions.length];
        for (int i = 0; i < positions.length; i++) {
            scores[i] = als.scores()[positions[i]];
            nominated[i] = als.nominated()[positions[i]];
        }
        return new RankingInput(
                input.timeMillis(),
                input.profile(),
                input.context(),
                input.history(),
                input.unclicked(),
                Arrays.stream(positions).map(i -> input.candidates()[i]).toArray(),
                List.of(new GeneratorSignals(als.generator(), scores, nominated)),
                new int[0]);
    }

    @Test
    void slices_may_be_scored_by_several_threads() {
        RankingInput input = SmallInputs.random(SEED, 4_000);
        float[] alone = ranker.score(input);
        Ranker.Scoring scoring = ranker.begin(input);
        IntStream.range(0, 40).parallel().forEach(slice -> scoring.score(slice * 100, slice * 100 + 100));
        assertArrayEquals(alone, scoring.heads()[ranker.head(SmallRanker.OBJECTIVE)], "seed " + SEED);
    }

    @Test
    void heads_are_found_by_name_and_differ() {
        Ranker.Scoring scoring = ranker.begin(SmallInputs.random(SEED, 10));
        scoring.score(0, 10);
        assertEquals(SmallRanker.OBJECTIVE, ranker.objectives().defaultName());
        assertEquals(-1, ranker.head("no such head"));
        float[] watchTime = scoring.heads()[ranker.head(SmallRanker.OBJECTIVE)];
        float[] click = scoring.heads()[ranker.head(SmallRanker.CLICK)];
        assertNotEquals(watchTime[0], click[0]);
    }

    @Test
    void missing_values_are_counted_by_feature() {
        RankingInput input = SmallInputs.random(SEED, 400);
        long unknown =
                Arrays.stream(input.candidates()).filter(item -> item < 0).count();
        Map<String, Integer> missing = ranker.begin(input).missing();
        assertEquals((int) unknown, missing.get("item_id"), "seed " + SEED);
        assertEquals(400, missing.get("mood"), "nobody sent the mood");
        assertEquals(80, missing.getOrDefault("als_score", 0), 40, "one score in five is missing");
        assertTrue(!missing.containsKey("user_age") && !missing.containsKey("position"), missing.toString());
    }

    @Test
    void a_formula_of_the_bundle_may_be_the_score() throws Exception {
        try (Bundle other = Bundle.open(SmallBundle.directory(root, SmallRanker.publish(root, SEED + 1)))) {
            RankerEntry entry = with(other, "mixture", Map.of("mixture", "click * 2 + watch_time"));
            try (Ranker mixing = Ranker.load(other, entry)) {
                RankingInput input = SmallInputs.random(SEED, 300);
                Ranker.Scoring scoring = mixing.begin(input);
                scoring.score(0, 300);
                float[] scores = mixing.score(input);
                float[] click = scoring.heads()[mixing.head(SmallRanker.CLICK)];
                float[] watchTime = scoring.heads()[mixing.head(SmallRanker.OBJECTIVE)];
                for (int i = 0; i < scores.length; i++) {
                    assertEquals((float) (click[i] * 2.0 + watchTime[i]), scores[i], "candidate " + i);
                }
            }
        }
    }

    @Test
    void a_bundle_whose_objectives_do_not_fit_its_schema_is_refused_naming_both() throws Exception {
        try (Bundle other = Bundle.open(SmallBundle.directory(root, SmallRanker.publish(root, SEED + 2)))) {
            RankerEntry entry = Objects.requireNonNull(other.manifest().ranker());
            List<HeadEntry> heads = List.of(new HeadEntry("dwell", "y9", "s"));
            refused(
                    other,
                    new RankerEntry(entry.network(), entry.schema(), entry.features(), heads, "dwell"),
                    "\"dwell\" must be one of the heads [watch_time, click]");
            refused(other, with(other, "click", Map.of("x", "click * like")), "objective \"x\"");
            refused(other, with(other, "click", Map.of("x", "click * like")), "one of the heads [watch_time, click]");
        }
    }

    private static RankerEntry with(Bundle bundle, String defaultObjective, Map<String, String> objectives) {
        RankerEntry entry = Objects.requireNonNull(bundle.manifest().ranker());
        return new RankerEntry(
                entry.network(),
                entry.schema(),
                entry.features(),
                entry.heads(),
                objectives,
                defaultObjective,
                entry.reliability());
    }

    private static void refused(Bundle bundle, RankerEntry wrong, String reason) {
        BundleRefusedException refused = assertThrows(BundleRefusedException.class, () -> Ranker.load(bundle, wrong));
        assertTrue(String.valueOf(refused.getMessage()).contains(reason), refused.getMessage());
    }
}
