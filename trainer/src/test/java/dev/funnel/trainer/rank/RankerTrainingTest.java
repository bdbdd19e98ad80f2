package dev.funnel.trainer.rank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.Manifest;
import dev.funnel.bundle.RankerEntry;
import dev.funnel.bundle.schema.Block;
import dev.funnel.bundle.schema.CategoryFeature;
import dev.funnel.bundle.schema.Head;
import dev.funnel.bundle.schema.NumberFeature;
import dev.funnel.bundle.schema.Reading;
import dev.funnel.bundle.schema.Scale;
import dev.funnel.bundle.schema.Source;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.inference.Ranker;
import dev.funnel.inference.feature.GeneratorSignals;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.generate.Asker;
import dev.funnel.trainer.prepare.Profiles;
import dev.funnel.trainer.read.ImpressionLog;
import dev.funnel.trainer.read.InteractionLog;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RankerTrainingTest {
    private static final long SEED = 23;
    private static final RankerSettings.Learner NETWORK = RankerSettings.NetworkPlan.dense(32, 16);
    private static final RankerSettings.Learner TREES = new RankerSettings.TreePlan(60, 15, 5, .2, 5, .8);
    private static final RankerSettings SETTINGS = settings(NETWORK, 0, 4, 600_000, 2);

    @TempDir
    Path root;

    private Bundle bundle;
    private TopicLog log;

    private static Stream<RankerSettings.Learner> learners() {
        return Stream.of(NETWORK, TREES);
    }

    private static RankerSettings settings(RankerSettings.Learner learner) {
        return settings(learner, 0, 4, 600_000, 2);
    }

    private static RankerSettings settings(
            RankerSettings.Learner learner, int itemWidth, int epochs, int mostExamples, int threads) {
        RankerSettings usual = RankerSettings.defaults(SEED, threads);
        return new RankerSettings(
                learner,
                RankerGoals.OF_THE_LOG,
                usual.recentWatches(),
                new RankerSettings.Embeddings(itemWidth, 4),
                usual.weighting(),
                new RankerSettings.Descent(epochs, 256, 2e-3f, 0.05f, 0),
                usual.validationShare(),
                mostExamples,
                usual.negatives(),
                SEED,
                threads,
                null);
    }

    @BeforeEach
    void open() throws Exception {
        bundle = Bundle.open(SmallBundle.directory(root, SmallBundle.publish(root)));
        log = new TopicLog(bundle, 4_000, SEED);
    }

    @AfterEach
    void close() {
        bundle.close();
    }

    private RankingInput everyItem(int user) {
        int[] items = IntStream.range(0, SmallBundle.ITEMS).toArray();
        return new RankingInput(
                SmallBundle.NOW.toEpochMilli(),
                new Profiles(bundle.users()).of(user),
                Map.of(),
                bundle.users().history(user),
                null,
                items,
                signals(user, items),
                new int[0]);
    }

    private List<GeneratorSignals> signals(int user, int[] items) {
        try {
            return log.input()
                    .generators()
                    .signals(
                            Asker.atHome(bundle.users().history(user), Map.of(), SmallBundle.NOW.toEpochMilli()),
                            items);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource("learners")
    void the_score_orders_items_by_expected_watch_time_as_if_shown_first(RankerSettings.Learner learner)
            throws Exception {
        TrainedRanker trained = RankerTraining.fit(log.input(), settings(learner), Progress.SILENT);
        int wrong = 0;
        try (Ranker ranker = trained.open()) {
            for (int user = 1; user < SmallBundle.USERS; user++) {
                float[] scores = ranker.score(everyItem(user));
                for (int item = 1; item + 5 < SmallBundle.ITEMS; item++) {
                    boolean better = log.expectedSeconds(user, item, 0) > 2 * log.expectedSeconds(user, item + 1, 0);
                    wrong += better && scores[item] <= scores[item + 1] ? 1 : 0;
                }
            }
        }
        assertTrue(wrong < 20, "seed " + SEED + ": " + wrong + " clear pairs are ordered wrongly");
        assertTrue(trained.validation().auc() > 0.6, "seed " + SEED + ": " + trained.validation());
        assertEquals("watch_time", trained.schema().heads().getFirst().name());
        assertEquals("s", trained.schema().heads().getFirst().unit());
    }

    /** What users like is in the log only as who clicked on what, so in products of their rows and the items'; their age says nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"gmf", "ncf-mlp", "neumf", "fm", "nfm", "deepfm"})
    void a_network_of_rows_learns_who_likes_what(String network) throws Exception {
        RankerSettings usual = settings(NETWORK, 0, 6, 600_000, 2);
        RankerSettings rowsAlone = new RankerSettings(
                new RankerSettings.NetworkPlan(network, List.of(8, 4), 0, List.of(4)),
                new RankerGoals(List.of(HeadKind.CLICK), Map.of(), ""),
                usual.recentWatches(),
                usual.embeddings(),
                usual.weighting(),
                usual.descent(),
                usual.validationShare(),
                usual.mostExamples(),
                usual.negatives(),
                SEED,
                2,
                rows());
        TrainedRanker trained = RankerTraining.fit(log.input(), rowsAlone, Progress.SILENT);
        assertTrue(trained.validation().auc() > .6, "seed " + SEED + ": " + trained.validation());
    }

    private static DeclaredFeatures rows() {
        return new DeclaredFeatures(
                1,
                List.of(new DeclaredTable.Texts("person", 8, "user_id", null), new DeclaredTable.Items("item", 8)),
                List.of(
                        new Block(
                                "user",
                                Source.USER,
                                List.of(
                                        new CategoryFeature("user_id", Reading.USER_ID, null, "person"),
                                        new NumberFeature(
                                                "user_age", Reading.PROFILE, "age", Scale.QUANTILE, false, 0, true))),
                        new Block(
                                "item",
                                Source.ITEM,
                                List.of(new CategoryFeature("item_id", Reading.ID, null, "item")))));
    }

    @ParameterizedTest
    @MethodSource("learners")
    void what_is_published_scores_bit_for_bit_as_what_was_trained(RankerSettings.Learner learner) throws Exception {
        TrainedRanker trained = RankerTraining.fit(log.input(), settings(learner), Progress.SILENT);
        try (Bundle published = publish(trained);
                Ranker served = Ranker.load(
                        published, Objects.requireNonNull(published.manifest().ranker()));
                Ranker offline = trained.open()) {
            for (int user = 0; user < SmallBundle.USERS; user++) {
                RankingInput input = everyItem(user);
                assertArrayEquals(offline.score(input), served.score(input), "user " + user);
            }
        }
    }

    @Test
    void trees_run_on_the_engine_that_takes_them_where_the_choice_is_free() throws Exception {
        TrainedRanker trained = RankerTraining.fit(log.input(), settings(TREES), Progress.SILENT);
        assertEquals(
                List.of("watch_time", "click"),
                trained.schema().heads().stream().map(Head::name).toList());
        try (Bundle published = publish(trained);
                Ranker served = Ranker.load(
                        published,
                        Objects.requireNonNull(published.manifest().ranker()),
                        dev.funnel.inference.RankerSettings.DEFAULT);
                Ranker offline = trained.open()) {
            assertArrayEquals(offline.score(everyItem(3)), served.score(everyItem(3)));
            assertTrue(served.reason().contains("nd4j refused: "), served.reason());
            assertTrue(served.reason().contains("TreeEnsembleRegressor"), served.reason());
        }
    }

    private Bundle publish(TrainedRanker trained) throws Exception {
        try (BundleStore.Draft draft = SmallBundle.store(root).draft()) {
            Manifest.Draft contents = SmallBundle.fill(draft, SmallBundle.SEED);
            RankerEntry entry = trained.writeTo(draft, trained.validation().reliability());
            BundleVersion version = draft.publish(
                    new Manifest.Draft(contents.trainedUntil(), 0, contents.generators(), entry, List.of(), Map.of()));
            return Bundle.open(SmallBundle.directory(root, version));
        }
    }

    @ParameterizedTest
    @MethodSource("learners")
    void the_same_seed_gives_the_same_scores_on_any_number_of_threads(RankerSettings.Learner learner) throws Exception {
        RankerSettings alone = settings(learner, 8, 1, 5_000, 1);
        RankerSettings many = settings(learner, 8, 1, 5_000, 3);
        try (Ranker first =
                        RankerTraining.fit(log.input(), alone, Progress.SILENT).open();
                Ranker second =
                        RankerTraining.fit(log.input(), many, Progress.SILENT).open()) {
            assertArrayEquals(first.score(everyItem(3)), second.score(everyItem(3)), "seed " + SEED);
        }
    }

    @ParameterizedTest
    @MethodSource("learners")
    void without_impressions_negatives_are_drawn_and_tastes_are_learnt(RankerSettings.Learner learner)
            throws Exception {
        ImpressionLog shown = log.impressions();
        InteractionLog watches = TopicLog.watches(shown);
        RankerTrainingInput input = log.input(watches, new Examples.Positives(watches));
        TrainedRanker trained = RankerTraining.fit(input, settings(learner), Progress.SILENT);
        int right = 0;
        int pairs = 0;
        try (Ranker ranker = trained.open()) {
            for (int user = 1; user < SmallBundle.USERS; user++) {
                float[] scores = ranker.score(everyItem(user));
                for (int item = 1; item + 1 < SmallBundle.ITEMS; item++) {
                    if (user % SmallBundle.TOPICS == item % SmallBundle.TOPICS) {
                        pairs++;
                        right += scores[item] > scores[item + 1] ? 1 : 0;
                    }
                }
            }
        }
        assertTrue(right > 0.75 * pairs, "seed " + SEED + ": " + right + " of " + pairs);
        assertTrue(trained.schema().featureNames().stream().noneMatch("position"::equals), "nothing had a position");
    }

    @Test
    void trees_learn_a_head_whose_positives_outweigh_all_else() throws Exception {
        ImpressionLog shown = log.impressions();
        for (int i = 0; i < shown.size(); i++) {
            shown.watchSeconds()[i] = shown.clicked()[i] ? 1e9f : 0;
        }
        RankerTrainingInput input =
                log.input(TopicLog.watches(shown), new Examples.Impressions(shown, new boolean[0], 0, Long.MAX_VALUE));
        RankerSettings few = settings(new RankerSettings.TreePlan(5, 15, 3, .2, 5, .8));
        TrainedRanker trained = RankerTraining.fit(input, few, Progress.SILENT);
        try (Ranker ranker = trained.open()) {
            for (float score : ranker.score(everyItem(3))) {
                assertTrue(Float.isFinite(score) && score > 0, "score " + score + ", seed " + SEED);
            }
        }
    }

    @Test
    void statistics_counted_anew_change_the_score_and_nothing_else() throws Exception {
        TrainedRanker trained = RankerTraining.fit(log.input(), SETTINGS, Progress.SILENT);
        ImpressionLog shown = log.impressions();
        TrainedRanker same = trained.recounted(TopicLog.watches(shown), shown, Long.MAX_VALUE);
        assertEquals(trained.schema(), same.schema());
        try (Ranker before = trained.open();
                Ranker after = same.open()) {
            assertTrue(before.score(everyItem(4))[7] != after.score(everyItem(4))[7], "more was counted");
        }
    }

    @ParameterizedTest
    @MethodSource("learners")
    void a_training_that_is_interrupted_ends(RankerSettings.Learner learner) throws Exception {
        RankerTrainingInput input = log.input();
        Progress interrupting = (what, done) -> {
            if (done > 0.5) {
                Thread.currentThread().interrupt();
            }
        };
        assertThrows(CancellationException.class, () -> RankerTraining.fit(input, settings(learner), interrupting));
        assertTrue(Thread.interrupted(), "the thread stays interrupted");
    }

    @Test
    void examples_without_a_positive_are_refused() throws Exception {
        ImpressionLog shown = log.impressions();
        Arrays.fill(shown.clicked(), false);
        RankerTrainingInput input =
                log.input(TopicLog.watches(shown), new Examples.Impressions(shown, new boolean[0], 0, Long.MAX_VALUE));
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class, () -> RankerTraining.fit(input, SETTINGS, Progress.SILENT));
        assertTrue(String.valueOf(refusal.getMessage()).contains("without positives"), refusal.getMessage());
    }
}
