package dev.funnel.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.ItemOverlay;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.live.ColumnValue;
import dev.funnel.bundle.live.ItemChange;
import dev.funnel.bundle.live.Upsert;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.inference.engine.EngineChoice.Setting;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.inference.projection.SharePlan;
import dev.funnel.inference.testing.SmallInputs;
import dev.funnel.inference.testing.SmallRanker;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A ranker with shares scores as one without, whatever of them is kept. */
final class ProjectedRankerTest {
    private static final long SEED = 19;
    private static final int HIDDEN = 8;
    private static final long ALL = SmallBundle.ITEMS * HIDDEN * Float.BYTES;

    @TempDir
    Path root;

    private Bundle bundle;
    private Ranker plain;

    @BeforeEach
    void load() throws Exception {
        bundle = Bundle.open(SmallBundle.directory(root, SmallRanker.publish(root)));
        plain = Ranker.load(bundle, Objects.requireNonNull(bundle.manifest().ranker()));
    }

    @AfterEach
    void close() {
        plain.close();
        bundle.close();
    }

    private Ranker load(Setting engine, long budgetBytes) throws BundleRefusedException {
        return Ranker.load(
                bundle, Objects.requireNonNull(bundle.manifest().ranker()), new RankerSettings(engine, budgetBytes));
    }

    private static void assertSame(Ranker expected, Ranker found, RankingInput input, double tolerance) {
        float[] scores = expected.score(input);
        float[] others = found.score(input);
        for (int i = 0; i < scores.length; i++) {
            assertEquals(
                    scores[i],
                    others[i],
                    tolerance * Math.max(1, scores[i]),
                    found.projection() + ", candidate " + i + ", seed " + SEED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void with_all_shares_kept_scores_are_those_of_the_whole_network(Setting engine) throws Exception {
        try (Ranker ranker = load(engine, ALL)) {
            assertEquals(SharePlan.Form.FULL, ranker.projection().form());
            assertEquals(ALL, ranker.projection().bytes());
            assertSame(plain, ranker, SmallInputs.random(SEED, 700), 1e-5);
        }
    }

    @Test
    void with_a_cache_scores_are_those_of_the_whole_network_however_often_items_come_back() throws Exception {
        try (Ranker ranker = load(Setting.ONNX, ALL / 3)) {
            assertEquals(SharePlan.Form.CACHE, ranker.projection().form());
            assertTrue(
                    ranker.projection().bytes() <= ALL / 3, ranker.projection().toString());
            for (int round = 0; round < 10; round++) {
                assertSame(plain, ranker, SmallInputs.random(SEED + round, 100), 1e-5);
            }
        }
    }

    @Test
    void a_cache_is_used_from_several_threads() throws Exception {
        try (Ranker ranker = load(Setting.ONNX, ALL / 3)) {
            RankingInput input = SmallInputs.random(SEED, 2_000);
            float[] alone = ranker.score(input);
            Ranker.Scoring scoring = ranker.begin(input);
            IntStream.range(0, 40).parallel().forEach(slice -> scoring.score(slice * 50, slice * 50 + 50));
            assertArrayEquals(alone, scoring.heads()[ranker.head(SmallRanker.OBJECTIVE)], "seed " + SEED);
        }
    }

    @Test
    void without_room_for_shares_the_network_runs_whole() throws Exception {
        try (Ranker ranker = load(Setting.ONNX, 1)) {
            assertEquals(SharePlan.NONE, ranker.projection());
            assertArrayEquals(plain.score(SmallInputs.random(SEED, 100)), ranker.score(SmallInputs.random(SEED, 100)));
        }
    }

    @Test
    void a_pool_has_the_same_scores_bit_for_bit_however_it_is_cut() throws Exception {
        try (Ranker ranker = load(Setting.ONNX, ALL)) {
            RankingInput input = SmallInputs.random(SEED, 600);
            float[] whole = ranker.score(input);
            for (int slice : new int[] {1, 16, 17, 255, 599}) {
                Ranker.Scoring scoring = ranker.begin(input);
                for (int from = 0; from < 600; from += slice) {
                    scoring.score(from, Math.min(600, from + slice));
                }
                assertArrayEquals(whole, scoring.heads()[ranker.head(SmallRanker.OBJECTIVE)], "slices of " + slice);
            }
        }
    }

    @Test
    void items_that_changed_since_the_bundle_have_the_scores_of_what_they_are_now() throws Exception {
        ItemOverlay overlay = new ItemOverlay(bundle.items(), 0, 10);
        Upsert german = Upsert.of(
                Map.of("language", new ColumnValue.Text("de"), "duration_seconds", new ColumnValue.Number(999)));
        int added = overlay.apply(ItemChange.upsert(1, "new", german));
        overlay.apply(ItemChange.upsert(2, bundle.items().id(5), german));
        ItemTable now = overlay.snapshot();
        RankingInput stored = RankingInput.ofItems(new int[] {4, 5, 6, -1});
        RankingInput input = RankingInput.ofItems(new int[] {4, 5, added, 6, -1});
        for (long budget : new long[] {ALL, ALL / 3}) {
            try (Ranker ranker = load(Setting.ONNX, budget)) {
                float before = ranker.score(stored)[1];
                assertSame(plain.over(now), ranker.over(now), input, 1e-5);
                assertNotEquals(before, ranker.over(now).score(input)[1], "item 5 changed");
                assertEquals(before, ranker.score(stored)[1], "the bundle's own ranker stays as it was");
            }
        }
    }

    @Test
    void missing_features_are_counted_as_without_shares() throws Exception {
        try (Ranker ranker = load(Setting.ONNX, ALL)) {
            RankingInput input = SmallInputs.random(SEED, 200);
            assertEquals(plain.begin(input).missing(), ranker.begin(input).missing());
        }
    }

    @Test
    void auto_says_what_every_engine_took() throws Exception {
        try (Ranker ranker = load(Setting.AUTO, ALL)) {
            assertTrue(ranker.reason().matches("onnx \\d+ us, nd4j \\d+ us for 256 candidates"), ranker.reason());
        }
    }
}
