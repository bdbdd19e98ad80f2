package dev.funnel.reranker.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationTest extends TransformContractTest {
    @Override
    ScoreTransform transform() {
        return new Calibration("calibration", List.of(0.0, 2.0, 4.0), List.of(0.0, 1.0, 10.0));
    }

    @Test
    void scores_follow_the_lines_between_the_points_and_stay_at_the_ends() {
        Request request = new Request(new Catalogue(0).item("a")).candidate("a", 1);
        float[] given = {-5, 0, 1, 2, 3, 4, 100};
        float[] meant = {0, 0, 0.5f, 1, 5.5f, 10, 10};
        for (int i = 0; i < given.length; i++) {
            float[] scores = {given[i]};
            transform().apply(request.input(), new int[] {0}, scores);
            assertEquals(meant[i], scores[0], 1e-6);
        }
    }
}
