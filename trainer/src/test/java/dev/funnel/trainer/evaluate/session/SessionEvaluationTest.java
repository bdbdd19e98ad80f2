package dev.funnel.trainer.evaluate.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.testing.PublicData;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.evaluate.DataFormatException;
import dev.funnel.trainer.evaluate.EvaluationResult;
import dev.funnel.trainer.evaluate.Overrides;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SessionEvaluationTest {

    @TempDir
    private Path folder = Path.of("");

    private void sessions(String train, String test) throws IOException {
        write("train_sessions.txt.gz", train);
        write("test_prefix_label.txt.gz", test);
    }

    private void write(String name, String text) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            out.write(text.getBytes(UTF_8));
        }
    }

    private static Map<String, Double> metrics(Path folder, String system, Map<String, Double> settings)
            throws IOException {
        return SessionEvaluation.read(folder, false, 2, Progress.SILENT)
                .evaluate(system, Overrides.of(settings))
                .metrics();
    }

    @Test
    void covisitation_reaches_the_published_figures_on_diginetica() throws IOException {
        Path diginetica = PublicData.folder("diginetica-srgnn");
        EvaluationResult result =
                SessionEvaluation.read(diginetica, false, 2, Progress.SILENT).evaluate("covisit", Overrides.none());
        assertTrue(result.metrics().getOrDefault("p@20", 0.0) > .3575, result.toString());
        assertTrue(result.metrics().getOrDefault("mrr@20", 0.0) > .1157, result.toString());
        assertEquals("60858", result.notes().get("questions"));
        assertEquals("43097", result.notes().get("items"));
        assertEquals("session", result.protocol());
    }

    @Test
    void the_metrics_are_those_counted_by_hand_and_ties_are_pessimistic() throws IOException {
        // Visits: item 1 three times, 2 twice, 3 and 4 once. Ranks of what came next: 1, 2, and 4 since 3 and 4 tie.
        sessions("1 2\n1 3\n1 2 4\n", "2\t1\n3\t2\n1\t3\n");
        Map<String, Double> metrics = metrics(folder, "popularity", Map.of());
        assertEquals(1.0, metrics.get("p@20"));
        assertEquals(Math.round((1 + 1 / 2.0 + 1 / 4.0) / 3 * 1e4) / 1e4, metrics.get("mrr@20"));
    }

    @Test
    void an_item_that_nothing_leads_to_is_missed_even_in_a_small_catalogue() throws IOException {
        // 25 items of one session each that is unrelated to the question's: all score 0 and so does what came next.
        StringBuilder train = new StringBuilder("1 2\n");
        for (int item = 3; item < 28; item++) {
            train.append(item).append(' ').append(item).append('\n');
        }
        sessions(train.toString(), "1\t2\n1\t5\n");
        Map<String, Double> metrics = metrics(folder, "covisit", Map.of());
        assertEquals(.5, metrics.get("p@20"));
        assertEquals(.5, metrics.get("mrr@20"));
    }

    @Test
    void the_later_items_of_a_session_count_more() throws IOException {
        // Item 1 leads to 3 and item 2 to 4, equally often; the session ends with 2.
        sessions("1 3\n2 4\n", "1 2\t4\n");
        assertEquals(1.0, metrics(folder, "covisit", Map.of("decay", .5)).get("mrr@20"));
        assertEquals(.5, metrics(folder, "covisit", Map.of("decay", 1.0)).get("mrr@20"));
    }

    @Test
    void validation_asks_about_the_newest_training_sessions_and_only_items_known_before() throws IOException {
        // Ten sessions, so the last is asked about; of its items 9 is new, so what is left is "1 2 1": two questions.
        sessions("1 2\n".repeat(9) + "1 9 2 1\n", "1\t2\n");
        EvaluationResult result =
                SessionEvaluation.read(folder, true, 1, Progress.SILENT).evaluate("covisit", Overrides.none());
        assertEquals("9", result.notes().get("train_sessions"));
        assertEquals("2", result.notes().get("questions"));
        assertEquals(1.0, result.metrics().get("mrr@20"));
    }

    @Test
    void a_line_that_is_none_is_named() throws IOException {
        sessions("1 2\n1 x\n", "1\t2\n");
        DataFormatException refusal = assertThrows(
                DataFormatException.class, () -> SessionEvaluation.read(folder, false, 1, Progress.SILENT));
        assertTrue(String.valueOf(refusal.getMessage()).contains("train_sessions.txt.gz line 2"), refusal.getMessage());
        sessions("1 2\n", "1 2\n");
        assertThrows(DataFormatException.class, () -> SessionEvaluation.read(folder, false, 1, Progress.SILENT));
        sessions("1 2\n", "0\t2\n");
        assertThrows(DataFormatException.class, () -> SessionEvaluation.read(folder, false, 1, Progress.SILENT));
    }

    @Test
    void an_unknown_system_or_setting_is_refused() throws IOException {
        sessions("1 2\n", "1\t2\n");
        assertThrows(IllegalArgumentException.class, () -> metrics(folder, "als", Map.of()));
        assertThrows(IllegalArgumentException.class, () -> metrics(folder, "covisit", Map.of("dim", 3.0)));
    }
}
