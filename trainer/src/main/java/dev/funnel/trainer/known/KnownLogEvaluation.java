package dev.funnel.trainer.known;

import dev.funnel.bundle.History;
import dev.funnel.inference.Ranker;
import dev.funnel.inference.feature.GeneratorSignals;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.generate.Asker;
import dev.funnel.trainer.prepare.Profiles;
import dev.funnel.trainer.rank.Examples;
import dev.funnel.trainer.rank.GeneratorScores;
import dev.funnel.trainer.rank.HeadKind;
import dev.funnel.trainer.rank.MetricsCount;
import dev.funnel.trainer.rank.RankerSettings.Weighting;
import dev.funnel.trainer.rank.RankerTraining;
import dev.funnel.trainer.rank.RankerTrainingInput;
import dev.funnel.trainer.rank.ReliabilityParts;
import dev.funnel.trainer.rank.TrainedRanker;
import dev.funnel.trainer.read.ImpressionLog;
import dev.funnel.trainer.read.InteractionLog;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/**
 * Trains rankers on a simulated log whose expected watch time is known, by the trainer's own code, and measures them on its later pages:
 * what weighted logistic regression (Covington et al. 2016, sections 4.2 to 4.4) is worth, and what its parts are.
 *
 * @param pages of {@value KnownLog#PAGE} impressions that are trained on, at least 100
 * @param tested pages after them that are measured on, at least 10
 * @param epochs passes over the pages at most
 * @param seed of everything random
 */
public record KnownLogEvaluation(int pages, int tested, int epochs, long seed, int threads) {
    private static final int VIDEOS = 4_000;
    private static final int VIEWERS = 2_000;

    /** What a ranker cannot beat: the order by the true expected watch time. */
    private static final String TRUTH = "truth";

    public KnownLogEvaluation {
        if (pages < 100 || tested < 10) {
            throw new IllegalArgumentException(
                    "pages are %d and %d, must be at least 100 and 10".formatted(pages, tested));
        }
    }

    /** The size at which the figures are quoted. */
    public static KnownLogEvaluation usual(long seed, int threads) {
        return new KnownLogEvaluation(50_000, 20_000, 4, seed, threads);
    }

    /** The figures of every variant, and of the truth; {@code scratch} is an empty folder for tables. */
    public List<KnownFigures> run(Path scratch, Progress progress) throws IOException {
        return run(Variant.ALL, scratch, progress);
    }

    List<KnownFigures> run(List<Variant> variants, Path scratch, Progress progress) throws IOException {
        try (Arena arena = Arena.ofShared()) {
            KnownLog log =
                    KnownLog.simulate(KnownWorld.of(VIDEOS, VIEWERS, seed), pages + tested, seed + 1, scratch, arena);
            List<KnownFigures> figures = new ArrayList<>();
            figures.add(truth(log));
            for (int v = 0; v < variants.size(); v++) {
                figures.add(figures(
                        variants.get(v),
                        log,
                        progress.part((double) v / variants.size(), (v + 1.0) / variants.size())));
            }
            return figures;
        }
    }

    private KnownFigures truth(KnownLog log) {
        float[] expected = held(i -> log.expectedSeconds(i));
        return figures(TRUTH, log, expected, expected, outcome(log, HeadKind.WATCH_TIME), 0);
    }

    private KnownFigures figures(Variant variant, KnownLog log, Progress progress) {
        long start = System.nanoTime();
        TrainedRanker trained = RankerTraining.fit(input(log), variant.settings(epochs, seed, threads), progress);
        double seconds = (System.nanoTime() - start) / 1e9;
        try (Ranker ranker = trained.open()) {
            float[] predicted = score(log, ranker);
            return figures(
                    variant.name(),
                    log,
                    predicted,
                    held(i -> target(variant, log, i)),
                    outcome(log, variant.head()),
                    seconds);
        }
    }

    /** The true mean of what a variant's head predicts. */
    private static double target(Variant variant, KnownLog log, int i) {
        double expected = variant.head() == HeadKind.CLICK ? log.clickProbability(i) : log.expectedSeconds(i);
        return variant.weighting() == Weighting.PAPER ? expected / (1 - log.clickProbability(i)) : expected;
    }

    private KnownFigures figures(
            String name, KnownLog log, float[] predicted, float[] target, float[] outcome, double seconds) {
        MetricsCount count = new MetricsCount();
        ImpressionLog shown = log.impressions();
        for (int page = 0; page < tested; page++) {
            int from = (pages + page) * KnownLog.PAGE;
            count.add(
                    Arrays.copyOfRange(predicted, page * KnownLog.PAGE, (page + 1) * KnownLog.PAGE),
                    Arrays.copyOfRange(shown.watchSeconds(), from, from + KnownLog.PAGE),
                    Arrays.copyOfRange(shown.clicked(), from, from + KnownLog.PAGE));
        }
        double expected = 0;
        double sum = 0;
        for (int i = 0; i < predicted.length; i++) {
            sum += predicted[i];
            expected += log.expectedSeconds(pages * KnownLog.PAGE + i);
        }
        return new KnownFigures(
                name,
                count.perUserLoss(),
                ReliabilityParts.of("score", predicted, target),
                ReliabilityParts.of("score", predicted, outcome),
                sum / expected,
                seconds);
    }

    private float[] outcome(KnownLog log, HeadKind head) {
        ImpressionLog shown = log.impressions();
        return held(i -> head == HeadKind.CLICK ? shown.clicked()[i] ? 1 : 0 : shown.watchSeconds()[i]);
    }

    /** A value of each held-out impression, by its place in the log. */
    private float[] held(IntToDoubleFunction value) {
        float[] values = new float[tested * KnownLog.PAGE];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) value.applyAsDouble(pages * KnownLog.PAGE + i);
        }
        return values;
    }

    private float[] score(KnownLog log, Ranker ranker) {
        Profiles profiles = new Profiles(log.users());
        float[] scores = new float[tested * KnownLog.PAGE];
        int[] positions = new int[KnownLog.PAGE];
        Arrays.setAll(positions, position -> position + 1);
        for (int page = 0; page < tested; page++) {
            int from = (pages + page) * KnownLog.PAGE;
            int[] items = Arrays.copyOfRange(log.impressions().items(), from, from + KnownLog.PAGE);
            float[] values = ranker.score(new RankingInput(
                    log.impressions().timesMs()[from],
                    profiles.of(log.impressions().users()[from]),
                    Map.of(),
                    History.EMPTY,
                    null,
                    items,
                    List.of(),
                    positions));
            System.arraycopy(values, 0, scores, page * KnownLog.PAGE, values.length);
        }
        return scores;
    }

    private RankerTrainingInput input(KnownLog log) {
        long start = log.endOf(0);
        InteractionLog nothing =
                new InteractionLog(new int[0], new int[0], new long[0], new byte[0], new float[0], new float[0]);
        return new RankerTrainingInput(
                log.items(),
                log.users(),
                nothing,
                new long[] {start},
                new Examples.Impressions(log.impressions(), new boolean[0], start, log.endOf(pages)),
                (user, timeMs, most) -> History.EMPTY,
                new NoGenerators(),
                Map.of());
    }

    /** Nobody nominates: pages are drawn. */
    private record NoGenerators() implements GeneratorScores {
        @Override
        public List<String> generators() {
            return List.of();
        }

        @Override
        public List<GeneratorSignals> signals(Asker asker, int[] items) {
            return List.of();
        }

        @Override
        public int[] pool(Asker asker, int limit) {
            return new int[0];
        }
    }
}
