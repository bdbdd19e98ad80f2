package dev.funnel.trainer.fit;

import dev.funnel.bundle.Calibration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Whether a calibration means what it says, on observations that it was not fitted on: in ten parts of equal size by predicted
 * probability, what was predicted and what came true.
 *
 * @param predicted mean probability by part, ascending
 * @param observed share that was watched by part
 * @param error mean over all observations of how far their part's prediction is from what came true (expected calibration error,
 *     Naeini, Cooper and Hauskrecht 2015); NaN without observations
 * @param observations how many
 */
public record Reliability(double[] predicted, double[] observed, double error, int observations) {

    private static final int PARTS = 10;

    /**
     * Compares.
     *
     * @param scores one per observation
     * @param watched whether that was watched, in the same order
     */
    public static Reliability of(Calibration calibration, float[] scores, boolean[] watched) {
        int[] order = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> calibration.probability(scores[i])))
                .mapToInt(Integer::intValue)
                .toArray();
        int parts = Math.min(PARTS, order.length);
        double[] predicted = new double[parts];
        double[] observed = new double[parts];
        double error = 0;
        for (int part = 0; part < parts; part++) {
            int from = (int) ((long) part * order.length / parts);
            int to = (int) ((long) (part + 1) * order.length / parts);
            int[] own = Arrays.copyOfRange(order, from, to);
            predicted[part] = Arrays.stream(own)
                    .mapToDouble(i -> calibration.probability(scores[i]))
                    .average()
                    .orElse(0);
            observed[part] = Arrays.stream(own)
                    .mapToDouble(i -> watched[i] ? 1 : 0)
                    .average()
                    .orElse(0);
            error += Math.abs(predicted[part] - observed[part]) * own.length / order.length;
        }
        return new Reliability(predicted, observed, parts == 0 ? Double.NaN : error, order.length);
    }
}
