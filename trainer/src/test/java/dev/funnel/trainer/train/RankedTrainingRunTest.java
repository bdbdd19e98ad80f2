package dev.funnel.trainer.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleStore;
import dev.funnel.inference.Ranker;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.read.ImpressionLog;
import dev.funnel.trainer.read.InteractionLog;
import dev.funnel.trainer.read.TrainingLog;
import dev.funnel.trainer.simulate.DemoWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The flow over a small demo world, with the ranker. */
class RankedTrainingRunTest {

    @TempDir
    static Path files;

    @TempDir
    Path bundles;

    private static Path directory;
    private static TrainingLog log;

    @BeforeAll
    static void generate() throws IOException {
        SmallWorld world = SmallWorld.generate(files);
        directory = world.directory();
        log = world.log();
    }

    private BundleStore store() {
        return new BundleStore(bundles, "small");
    }

    @Test
    void the_ranker_orders_held_out_impressions_better_than_duration_popularity_and_every_generator() throws Exception {
        TrainingResult result = TrainingRun.run(log, store(), SmallWorld.settings(), Progress.SILENT);
        DemoEvaluation evaluation =
                DemoEvaluation.of(DemoWorld.open(directory), log, Objects.requireNonNull(result.heldOut()));
        double ranker = evaluation.spearman().getOrDefault(DemoEvaluation.RANKER, 0.0);
        assertTrue(ranker >= .5, evaluation.text());
        evaluation
                .spearman()
                .forEach((order, spearman) ->
                        assertTrue(order.equals(DemoEvaluation.RANKER) || spearman < ranker, evaluation.text()));
        RankerReport report = Objects.requireNonNull(result.report().ranker());
        assertTrue(
                report.perUserLoss() < .4 && report.auc() > .6, result.report().text());
        Path bundle = store().path(Objects.requireNonNull(result.report().version()));
        try (Bundle published = Bundle.open(bundle);
                Ranker loaded = Ranker.load(
                        published, Objects.requireNonNull(published.manifest().ranker()))) {
            assertEquals("watch_time", loaded.schema().heads().getFirst().name());
        }
    }

    @Test
    void a_ranker_that_learnt_the_opposite_is_refused_with_both_figures() throws IOException {
        long until = Syllabus.of(log.interactions(), .1, 3, 1).holdOut().fromMs();
        TrainingLog opposite = new TrainingLog(
                log.items(),
                log.users(),
                log.interactions(),
                clickedWhereNot(Objects.requireNonNull(log.impressions()), until),
                log.report());
        var refused = assertThrows(
                WorseThanPopularityException.class,
                () -> TrainingRun.run(opposite, store(), SmallWorld.settings(), Progress.SILENT));
        assertTrue(
                refused.toString()
                        .matches(".*the model's per-user loss is 0.\\d{4}, that of popularity alone 0.\\d{4}"),
                refused.toString());
        assertNull(refused.report().version());
        assertEquals(List.of(), versionsAndDrafts());
    }

    /** The same impressions; before an instant, clicked are those that were not. */
    private static ImpressionLog clickedWhereNot(ImpressionLog shown, long untilMs) {
        boolean[] clicked = shown.clicked().clone();
        float[] watched = shown.watchSeconds().clone();
        for (int i = 0; i < clicked.length; i++) {
            if (shown.timesMs()[i] < untilMs) {
                clicked[i] = !clicked[i];
                watched[i] = clicked[i] ? 60 : 0;
            }
        }
        return new ImpressionLog(
                shown.requests(),
                shown.users(),
                shown.items(),
                shown.timesMs(),
                shown.positions(),
                clicked,
                watched,
                shown.country(),
                shown.language(),
                shown.device());
    }

    @Test
    void without_times_and_impressions_the_ranker_learns_from_held_out_interactions() throws Exception {
        InteractionLog timed = log.interactions();
        InteractionLog untimed = new InteractionLog(
                timed.users(),
                timed.items(),
                new long[timed.size()],
                timed.kinds(),
                timed.watchSeconds(),
                timed.weights());
        TrainingResult result = TrainingRun.run(
                new TrainingLog(log.items(), log.users(), untimed, null, log.report()),
                store(),
                SmallWorld.settings(),
                Progress.SILENT);
        assertNull(result.heldOut());
        ListMetrics ranked = Objects.requireNonNull(result.report().lists().get(TrainingReport.RANKED));
        ListMetrics popular = Objects.requireNonNull(result.report().lists().get("popular"));
        assertTrue(ranked.ndcgAt10() > popular.ndcgAt10(), result.report().text());
        try (Bundle bundle =
                Bundle.open(store().path(Objects.requireNonNull(result.report().version())))) {
            assertNull(bundle.manifest().trainedUntil());
            assertNotNull(bundle.manifest().ranker());
        }
    }

    @Test
    void interrupting_the_ranker_leaves_nothing() throws IOException {
        for (String during : List.of("reading the ranker's features", "training the ranker", "ranking pools")) {
            Progress interrupting = (what, done) -> {
                if (what.equals(during)) {
                    Thread.currentThread().interrupt();
                }
            };
            assertThrows(
                    CancellationException.class,
                    () -> TrainingRun.run(log, store(), SmallWorld.settings(), interrupting));
            assertTrue(Thread.interrupted(), "the thread stays interrupted");
            assertEquals(List.of(), versionsAndDrafts(), during);
        }
    }

    private List<Path> versionsAndDrafts() throws IOException {
        try (Stream<Path> entries = Files.list(store().directory())) {
            return entries.filter(entry -> Files.isDirectory(entry)).toList();
        }
    }
}
