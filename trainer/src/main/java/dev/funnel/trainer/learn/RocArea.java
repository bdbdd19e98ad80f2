package dev.funnel.trainer.learn;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Area under the ROC curve: the probability that a positive is ranked above a negative; ties count half. */
public final class RocArea {
    private RocArea() {}

    /** NaN without positives or without negatives. */
    public static double of(float[] scores, boolean[] positive) {
        int[] order = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> scores[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double won = 0;
        long negatives = 0;
        long positives = 0;
        for (int from = 0, to; from < order.length; from = to) {
            int tiedPositives = 0;
            int tiedNegatives = 0;
            for (to = from; to < order.length && scores[order[to]] == scores[order[from]]; to++) {
                tiedPositives += positive[order[to]] ? 1 : 0;
                tiedNegatives += positive[order[to]] ? 0 : 1;
            }
            won += tiedPositives * (negatives + tiedNegatives / 2.0);
            positives += tiedPositives;
            negatives += tiedNegatives;
        }
        return positives == 0 || negatives == 0 ? Double.NaN : won / ((double) positives * negatives);
    }
}
