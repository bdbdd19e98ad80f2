package dev.funnel.trainer.known;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.trainer.Progress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KnownLogEvaluationTest {
    private static final long SEED = 5;

    @TempDir
    Path scratch;

    @Test
    void weighted_regression_knows_the_expected_watch_time_and_orders_better_than_clicks() throws Exception {
        List<KnownFigures> figures = new KnownLogEvaluation(3_000, 1_000, 2, SEED, 2)
                .run(Variant.ALL.subList(0, 2), scratch, Progress.SILENT);
        KnownFigures truth = figures.get(0);
        KnownFigures weighted = figures.get(1);
        KnownFigures unweighted = figures.get(2);
        assertEquals(1, truth.ofTruth().worstRatio(), 1e-6);
        assertTrue(weighted.perUserLoss() < unweighted.perUserLoss(), "seed " + SEED + ": " + figures);
        assertTrue(truth.perUserLoss() < weighted.perUserLoss(), "seed " + SEED + ": " + figures);
        assertEquals(1, weighted.ofTruth().ratio(), .1, "seed " + SEED);
    }
}
