package dev.funnel.trainer.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.testing.PublicData;
import dev.funnel.trainer.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OfflineEvaluationTest {

    private static EvaluationResult run(OfflineSystem system) throws IOException {
        return OfflineEvaluation.run(system, PublicData.folder("ncf-ml-1m"), Protocol.NCF, 64, Progress.SILENT);
    }

    private static void between(EvaluationResult result, String metric, double least, double most) {
        double value = result.metrics().getOrDefault(metric, Double.NaN);
        assertTrue(value >= least && value <= most, metric + " is not within " + least + " to " + most + ": " + result);
    }

    @Test
    void popularity_has_its_published_figures_so_the_evaluator_is_right() throws IOException {
        EvaluationResult result = run(OfflineSystem.POPULARITY);
        between(result, "hr@10", 0.4531, 0.4538);
        between(result, "ndcg@10", 0.2541, 0.2545);
        assertEquals("popularity", result.system());
        assertEquals("ncf", result.protocol());
    }

    @Test
    void factorisation_reaches_its_published_figures() throws IOException {
        EvaluationResult result = run(OfflineSystem.ALS);
        between(result, "hr@10", 0.715, 0.75);
        between(result, "ndcg@10", 0.440, 0.47);
        between(result, "full_recall@50", 0.29, 0.35);
    }

    @Test
    void covisitation_beats_popularity() throws IOException {
        EvaluationResult result = run(OfflineSystem.COVISIT);
        between(result, "hr@10", 0.5, 0.75);
        between(result, "full_recall@50", 0.16, 0.35);
    }

    @Test
    void every_system_runs_on_a_split_of_any_size(@TempDir Path folder) throws IOException {
        new NcfFiles().write(folder);
        for (OfflineSystem system : OfflineSystem.values()) {
            EvaluationResult result = OfflineEvaluation.run(system, folder, Protocol.NCF, 3, Progress.SILENT);
            assertEquals(
                    List.of("hr@10", "ndcg@10", "full_hr@10", "full_ndcg@10", "full_recall@50"),
                    List.copyOf(result.metrics().keySet()));
            assertEquals("2", result.notes().get("users"));
        }
    }

    @Test
    void interrupting_stops_the_evaluation(@TempDir Path folder) throws IOException {
        new NcfFiles().write(folder);
        Thread.currentThread().interrupt();
        assertThrows(
                CancellationException.class,
                () -> OfflineEvaluation.run(OfflineSystem.ALS, folder, Protocol.NCF, 3, Progress.SILENT));
        assertTrue(Thread.interrupted());
    }

    @Test
    void unknown_names_are_refused_with_those_there_are() {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> OfflineSystem.named("ALS"));
        assertEquals("system is \"ALS\", must be one of popularity, covisit, als", refusal.getMessage());
        assertEquals(OfflineSystem.COVISIT, OfflineSystem.named("covisit"));
        assertEquals(Protocol.NCF, Protocol.named("ncf"));
    }
}
