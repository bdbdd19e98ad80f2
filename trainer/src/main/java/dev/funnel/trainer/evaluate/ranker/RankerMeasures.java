package dev.funnel.trainer.evaluate.ranker;

import dev.funnel.trainer.learn.RocArea;
import java.util.LinkedHashMap;
import java.util.Map;

/** How good predictions of labels 0 and 1 are. */
final class RankerMeasures {
    private static final double SMALLEST = 1e-7;

    private RankerMeasures() {}

    /**
     * {@code auc}, {@code logloss} and {@code accuracy} of probabilities.
     *
     * @param labels 0 or 1
     */
    static Map<String, Double> ofProbabilities(float[] probabilities, float[] labels) {
        double loss = 0;
        int right = 0;
        boolean[] positive = new boolean[labels.length];
        for (int row = 0; row < labels.length; row++) {
            double probability = Math.clamp(probabilities[row], SMALLEST, 1 - SMALLEST);
            positive[row] = labels[row] > 0.5f;
            loss -= Math.log(positive[row] ? probability : 1 - probability);
            right += probability > 0.5 == positive[row] ? 1 : 0;
        }
        Map<String, Double> measures = new LinkedHashMap<>();
        measures.put("auc", RocArea.of(probabilities, positive));
        measures.put("logloss", loss / labels.length);
        measures.put("accuracy", (double) right / labels.length);
        return measures;
    }

    /**
     * {@code rmse} of values clipped to [-1, 1].
     *
     * @param labels 0 or 1, which stand for -1 and 1
     */
    static Map<String, Double> ofSigns(float[] values, float[] labels) {
        double squares = 0;
        for (int row = 0; row < labels.length; row++) {
            double error = Math.clamp(values[row], -1, 1) - sign(labels[row]);
            squares += error * error;
        }
        return Map.of("rmse", Math.sqrt(squares / labels.length));
    }

    /** -1 for a label of 0, 1 for one of 1. */
    static float sign(float label) {
        return label > 0.5f ? 1 : -1;
    }
}
