package dev.funnel.trainer.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.trainer.Progress;
import dev.funnel.trainer.fit.SparseRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The networks of neural collaborative filtering on two groups of users, each with its own half of the items. */
final class NcfNetworkTest {
    private static final long SEED = 34;
    private static final int USERS = 40;
    private static final int ITEMS = 20;

    private static SparseRows halves() {
        List<int[]> pairs = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            for (int item = 0; item < ITEMS; item++) {
                if (item % 2 == user % 2 && item / 2 != user % 10) {
                    pairs.add(new int[] {user, item});
                }
            }
        }
        float[] ones = new float[pairs.size()];
        Arrays.fill(ones, 1);
        return SparseRows.of(
                USERS,
                ITEMS,
                pairs.stream().mapToInt(pair -> pair[0]).toArray(),
                pairs.stream().mapToInt(pair -> pair[1]).toArray(),
                ones);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gmf", "ncf-mlp", "neumf", "neumf-pretrained"})
    void items_of_the_own_half_stand_before_others(String name) {
        Map<String, Double> settings = name.equals("neumf-pretrained")
                ? Map.of("dim", 4.0, "gmf-batch", 50.0, "mlp-batch", 50.0, "mlp-epochs", 20.0, "mlp-row-decay", 1e-3)
                : Map.of("dim", 4.0, "batch", 50.0, "epochs", 20.0, "row-decay", 1e-3);
        FitTask task = FitTask.of(halves(), Overrides.of(settings), SEED, 2, Progress.SILENT);
        try (Scorer scorer = OfflineSystems.named(name).fit(task)) {
            float[] scores = new float[ITEMS];
            int right = 0;
            for (int user = 0; user < USERS; user++) {
                scorer.scores(user, scores);
                float heldOut = scores[2 * (user % 10) + user % 2];
                float other = scores[2 * (user % 10) + 1 - user % 2];
                right += heldOut > other ? 1 : 0;
            }
            assertTrue(right >= 36, name + ": " + right + " of 40, seed " + SEED);
            assertTrue(task.notes().containsKey("seconds_per_epoch"), "no duration");
        }
    }

    @Test
    void joined_networks_have_half_of_the_say_each() {
        Map<String, Double> part = Map.of("dim", 4.0, "epochs", 3.0);
        double[] gmf = logits("gmf", part);
        double[] mlp = logits("ncf-mlp", part);
        double[] joint = logits("neumf-pretrained", Map.of("dim", 4.0, "gmf-epochs", 3.0, "mlp-epochs", 3.0));
        for (int item = 0; item < ITEMS; item++) {
            assertEquals((gmf[item] + mlp[item]) / 2, joint[item], 1e-4, "item " + item + ", seed " + SEED);
        }
    }

    /** What a network scores the items for one user, before it is made a probability. */
    private static double[] logits(String name, Map<String, Double> settings) {
        FitTask task = FitTask.of(halves(), Overrides.of(settings), SEED, 1, Progress.SILENT);
        try (Scorer scorer = OfflineSystems.named(name).fit(task)) {
            float[] scores = new float[ITEMS];
            scorer.scores(7, scores);
            double[] logits = new double[ITEMS];
            Arrays.setAll(logits, item -> Math.log(scores[item] / (1.0 - scores[item])));
            return logits;
        }
    }

    @Test
    void what_is_taught_first_has_settings_of_its_own() {
        Overrides asked = Overrides.of(Map.of("dim", 4.0, "gmf-epochs", 2.0, "mlp-epochs", 3.0, "epochs", 1.0));
        FitTask task = FitTask.of(halves(), asked, SEED, 1, Progress.SILENT);
        OfflineSystems.named("neumf-pretrained").fit(task).close();
        String settings = Objects.requireNonNull(task.notes().get("settings"));
        List<String> epochs = Pattern.compile("epochs=(\\d+)")
                .matcher(settings)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertEquals(List.of("2", "3", "1"), epochs, settings);
    }

    @Test
    void rows_that_were_taught_have_no_start_of_their_own() {
        FitTask task = FitTask.of(halves(), Overrides.of(Map.of("deviation", 0.1)), SEED, 1, Progress.SILENT);
        assertThrows(
                IllegalArgumentException.class,
                () -> OfflineSystems.named("neumf-pretrained").fit(task));
    }

    @ParameterizedTest
    @CsvSource({
        "gmf, epochs, -1, 'epochs is -1, must be 1 to 10000'",
        "neumf, dim, 0, 'dim is 0, must be 1 to 1024'",
        "ncf-mlp, batch, 1e9, 'batch is 1000000000, must be 1 to 100000'",
        "gmf, row-decay, NaN, 'row-decay is NaN, must be a finite number'",
        "neumf-pretrained, mlp-row-decay, -0.5, 'mlp-row-decay is -0.5, must be 0.0 to 10.0'",
        "neumf-pretrained, gmf-negatives, 2.5, 'gmf-negatives is 2.5, must be a whole number'"
    })
    void a_setting_out_of_its_range_is_refused(String name, String setting, double value, String refusal) {
        FitTask task = FitTask.of(halves(), Overrides.of(Map.of(setting, value)), SEED, 1, Progress.SILENT);
        OfflineSystem system = OfflineSystems.named(name);
        assertEquals(
                refusal,
                assertThrows(IllegalArgumentException.class, () -> system.fit(task))
                        .getMessage());
    }
}
