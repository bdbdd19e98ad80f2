package dev.funnel.trainer.evaluate.ranker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.trainer.Progress;
import dev.funnel.trainer.network.NetworkShape;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks on a planted interaction: the label is 1 where two of three categories are alike, which no sum of weights can tell. */
final class NetworkFitTest {
    private static final long SEED = 32;
    private static final int VALUES = 6;

    private static Examples examples(int rows, long seed) {
        Random random = new Random(seed);
        int[][] fields = new int[3][rows];
        float[] labels = new float[rows];
        for (int row = 0; row < rows; row++) {
            for (int field = 0; field < 3; field++) {
                fields[field][row] = field * VALUES + random.nextInt(VALUES);
            }
            labels[row] = fields[0][row] % 2 == fields[1][row] % 2 ? 1 : 0;
        }
        return new Examples(fields, new int[0][], new float[0][], labels);
    }

    private static RankerData data() {
        Layout layout = new Layout(List.of("a", "b", "c"), 3 * VALUES, List.of(), 0, List.of());
        return new RankerData(
                "planted",
                RankerData.Task.CHANCE,
                layout,
                examples(2_000, SEED),
                examples(400, SEED + 1),
                examples(400, SEED + 2),
                Map.of());
    }

    private static float[] predict(RankerData data, String network, int width, int threads) {
        return predict(data, network, width, threads, false);
    }

    private static float[] predict(RankerData data, String network, int width, int threads, boolean redraw) {
        NetworkPlan plan = new NetworkPlan(
                network,
                NetworkPlan.Cost.LOGISTIC,
                new NetworkPlan.Inputs(width, true, 0.1),
                new NetworkShape(List.of(16), 0, List.of(8), List.of(0f)),
                new NetworkPlan.Descent(15, 15, 100, 0.01f, 0, 0.1f, 0, redraw));
        return NetworkFit.fit(data, plan, SEED, threads, Progress.SILENT)
                .network()
                .predict(data.test());
    }

    private static double area(RankerData data, float[] predictions) {
        Map<String, Double> measures =
                RankerMeasures.ofProbabilities(predictions, data.test().labels());
        return Objects.requireNonNull(measures.get("auc"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fm", "nfm", "wide-and-deep", "deepfm", "xdeepfm"})
    void an_interaction_is_learnt(String network) {
        RankerData data = data();
        double area = area(data, predict(data, network, 4, 1));
        assertTrue(area > 0.97, network + " has an area of " + area + ", seed " + SEED);
    }

    @Test
    void a_sum_of_weights_learns_no_interaction() {
        RankerData data = data();
        double area = area(data, predict(data, "logistic-regression", 0, 1));
        assertTrue(area < 0.65, "an area of " + area + ", seed " + SEED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_epoch_reads_its_own_draw_if_asked_to(boolean redraw) {
        RankerData right = data();
        RankerData data = new RankerData(
                right.name(),
                right.task(),
                right.layout(),
                opposite(right.training()),
                right.validation(),
                right.test(),
                epoch -> examples(2_000, SEED + 10 + epoch),
                Map.of());
        float[] predictions = predict(data, "fm", 4, 1, redraw);
        assertEquals(redraw, area(data, predictions) > 0.9, "area " + area(data, predictions) + ", seed " + SEED);
    }

    private static Examples opposite(Examples examples) {
        float[] labels = examples.labels().clone();
        for (int row = 0; row < labels.length; row++) {
            labels[row] = 1 - labels[row];
        }
        return new Examples(examples.fields(), examples.crosses(), examples.numbers(), labels);
    }

    @Test
    void the_number_of_threads_changes_no_bit() {
        RankerData data = data();
        assertArrayEquals(predict(data, "deepfm", 4, 1), predict(data, "deepfm", 4, 2), "seed " + SEED);
    }
}
