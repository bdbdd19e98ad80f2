package dev.funnel.trainer.evaluate;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.funnel.bundle.testing.PublicData;
import dev.funnel.retrieval.Similarity;
import dev.funnel.retrieval.VectorScorer;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.fit.Factors;
import dev.funnel.trainer.fit.Wals;
import dev.funnel.trainer.fit.WalsSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Chooses the default settings of WALS on splits carved out of the training interactions; the held-out items of the test are
 * never looked at. Takes minutes, so it runs only when asked for:
 *
 * <pre>./mvnw -pl trainer -am test -Dtest=WalsDefaultsTest -Dsurefire.failIfNoSpecifiedTests=false -Dfunnel.select=true</pre>
 *
 * <p>The rule: of the settings whose mean NDCG@10 of the sampled protocol is within {@value #CLOSE} of the best, that with the
 * best mean NDCG@10 of the full ranking.
 */
final class WalsDefaultsTest {
    private static final double CLOSE = 0.0015;
    private static final long[] SPLITS = {1, 2};
    private static final int THREADS = Runtime.getRuntime().availableProcessors();

    private record Trial(WalsSettings settings, double sampled, double full) {}

    private static List<WalsSettings> grid() {
        List<WalsSettings> grid = new ArrayList<>();
        for (double unobserved : new double[] {0.1, 0.2, 0.3, 0.5}) {
            for (double regularization : new double[] {0.003, 0.004, 0.006, 0.008}) {
                grid.add(settings(unobserved, regularization, 1));
            }
        }
        for (double regularization : new double[] {0.1, 0.2}) {
            grid.add(settings(0.3, regularization, 0.5));
        }
        return grid;
    }

    private static WalsSettings settings(double unobserved, double regularization, double exponent) {
        return new WalsSettings(64, 10, unobserved, regularization, exponent, 0, 42, THREADS);
    }

    @Test
    void the_defaults_are_what_the_validation_splits_choose() throws IOException {
        assumeTrue(Boolean.getBoolean("funnel.select"), "run with -Dfunnel.select=true");
        NcfData data = NcfData.read(PublicData.folder("ncf-ml-1m"));
        List<Trial> trials =
                grid().stream().map(settings -> trial(data, settings)).toList();
        double best = trials.stream().mapToDouble(Trial::sampled).max().orElseThrow();
        Trial chosen = trials.stream()
                .filter(trial -> trial.sampled() > best - CLOSE)
                .max(Comparator.comparingDouble(Trial::full))
                .orElseThrow();
        assertTrue(
                chosen.settings().foldIn().equals(WalsSettings.defaults(64, 1).foldIn()), "chosen " + chosen);
    }

    private static Trial trial(NcfData data, WalsSettings settings) {
        double sampled = 0;
        double full = 0;
        for (long split : SPLITS) {
            Map<String, Double> metrics = evaluate(data.validation(split), settings);
            sampled += metrics.getOrDefault("ndcg@10", Double.NaN) / SPLITS.length;
            full += metrics.getOrDefault("full_ndcg@10", Double.NaN) / SPLITS.length;
        }
        Trial trial = new Trial(settings, sampled, full);
        System.out.println(trial);
        return trial;
    }

    private static Map<String, Double> evaluate(NcfData split, WalsSettings settings) {
        Factors factors = Wals.fit(split.train(), settings, Progress.SILENT);
        VectorScorer scorer = new VectorScorer(factors.items(), Similarity.DOT);
        return NcfEvaluation.evaluate(
                (user, into) -> scorer.scores(factors.users().row(user), 0, into.length, into),
                split,
                THREADS,
                Progress.SILENT);
    }
}
