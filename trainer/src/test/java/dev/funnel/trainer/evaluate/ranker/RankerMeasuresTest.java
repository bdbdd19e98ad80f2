package dev.funnel.trainer.evaluate.ranker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Measures against values worked out by hand. */
final class RankerMeasuresTest {

    @Test
    void probabilities_are_measured_by_area_loss_and_accuracy() {
        Map<String, Double> measures =
                RankerMeasures.ofProbabilities(new float[] {0.9f, 0.4f, 0.4f, 0.2f}, new float[] {1, 0, 1, 0});
        // Of the four pairs of a positive and a negative three are in order and one is tied.
        assertEquals(3.5 / 4, measure(measures, "auc"), 1e-9);
        double loss = -(Math.log(0.9) + Math.log(0.6) + Math.log(0.4) + Math.log(0.8)) / 4;
        assertEquals(loss, measure(measures, "logloss"), 1e-6);
        assertEquals(3.0 / 4, measure(measures, "accuracy"), 1e-9);
    }

    @Test
    void values_are_clipped_before_their_distance_from_the_sign_is_measured() {
        Map<String, Double> measures = RankerMeasures.ofSigns(new float[] {3, -0.5f, 0}, new float[] {1, 0, 1});
        assertEquals(Math.sqrt((0 + 0.25 + 1) / 3), measure(measures, "rmse"), 1e-9);
    }

    @Test
    void play_times_are_compared_within_a_page_and_ties_are_wrong() {
        float[] played = {10, 20, 30, 5, 5, 40};
        int[] pages = {0, 0, 0, 1, 1, 2};
        Examples rows =
                new Examples(new int[0][], new int[0][], new float[0][], played, new float[] {1, 1, 1, 1, 1, 1}, pages);
        Map<String, Double> measures = PlayTimeMeasures.of(new float[] {1, 3, 3, 9, 1, 3}, rows);
        // Pairs of the first page: (20, 10) and (30, 10) in order, (30, 20) tied; the second page has two equal times.
        assertEquals(2.0 / 3, measure(measures, "pairs_right"), 1e-9);
        assertEquals(30.0 / (20 + 30 + 30), measure(measures, "time_lost"), 1e-9);
        assertEquals(20.0 / 110, measure(measures, "expected_to_played"), 1e-6);
    }

    private static double measure(Map<String, Double> measures, String name) {
        return Objects.requireNonNull(measures.get(name), name);
    }
}
