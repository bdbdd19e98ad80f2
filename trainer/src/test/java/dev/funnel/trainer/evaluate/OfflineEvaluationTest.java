package dev.funnel.trainer.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.testing.PublicData;
import dev.funnel.trainer.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OfflineEvaluationTest {

    private static EvaluationResult run(String system) throws IOException {
        return run(system, PublicData.folder("ncf-ml-1m"), Overrides.none());
    }

    private static EvaluationResult run(String system, Path folder, Overrides settings) throws IOException {
        return OfflineEvaluation.read(progress -> NcfSplit.of(NcfData.read(folder)), 42, 2, Progress.SILENT)
                .evaluate(OfflineSystems.named(system), settings);
    }

    private static void between(EvaluationResult result, String metric, double least, double most) {
        double value = result.metrics().getOrDefault(metric, Double.NaN);
        assertTrue(value >= least && value <= most, metric + " is not within " + least + " to " + most + ": " + result);
    }

    @Test
    void popularity_has_its_published_figures_so_the_evaluator_is_right() throws IOException {
        EvaluationResult result = run("popularity");
        between(result, "hr@10", 0.4531, 0.4538);
        between(result, "ndcg@10", 0.2541, 0.2545);
        assertEquals("popularity", result.system());
        assertEquals("ncf", result.protocol());
    }

    @Test
    void factorisation_reaches_its_published_figures() throws IOException {
        EvaluationResult result = run("als");
        between(result, "hr@10", 0.715, 0.75);
        between(result, "ndcg@10", 0.440, 0.47);
        between(result, "full_recall@50", 0.29, 0.35);
    }

    @Test
    void covisitation_beats_popularity() throws IOException {
        EvaluationResult result = run("covisit");
        between(result, "hr@10", 0.5, 0.75);
        between(result, "full_recall@50", 0.16, 0.35);
    }

    @Test
    void every_system_runs_on_a_split_of_any_size(@TempDir Path folder) throws IOException {
        new NcfFiles().write(folder);
        for (OfflineSystem system : OfflineSystems.ALL) {
            EvaluationResult result = run(system.name(), folder, Overrides.none());
            assertEquals(
                    List.of("hr@10", "ndcg@10", "full_hr@10", "full_ndcg@10", "full_recall@20", "full_recall@50"),
                    List.copyOf(result.metrics().keySet()));
            assertEquals("2", result.notes().get("users"));
        }
    }

    @Test
    void interrupting_stops_the_evaluation(@TempDir Path folder) throws IOException {
        new NcfFiles().write(folder);
        Thread.currentThread().interrupt();
        assertThrows(CancellationException.class, () -> run("als", folder, Overrides.none()));
        assertTrue(Thread.interrupted());
    }

    @Test
    void unknown_names_are_refused_with_those_there_are() {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> OfflineSystems.named("ALS"));
        assertEquals("system is \"ALS\", must be one of " + OfflineSystems.names(), refusal.getMessage());
        assertEquals("covisit", OfflineSystems.named("covisit").name());
        assertEquals(Protocol.NCF, Protocol.named("ncf"));
    }

    @Test
    void a_setting_is_used_and_an_unknown_one_is_refused_before_the_fit(@TempDir Path folder) throws IOException {
        new NcfFiles().write(folder);
        Map<String, String> notes =
                run("als", folder, Overrides.of(Map.of("dim", 3.0))).notes();
        String settings = notes.get("settings");
        assertTrue(String.valueOf(settings).contains("dimensions=3,"), settings);
        assertTrue(String.valueOf(notes.get("sweep")).matches("\\d+\\.\\d{3} s on .* interactions, by \\d+ threads"));
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class, () -> run("als", folder, Overrides.of(Map.of("dimm", 3.0))));
        assertTrue(String.valueOf(refusal.getMessage()).startsWith("there is no setting dimm"), refusal.getMessage());
    }
}
