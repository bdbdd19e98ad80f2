package dev.funnel.trainer.rank;

import dev.funnel.trainer.learn.RocArea;
import java.util.ArrayList;
import java.util.List;

/** Counts, page by page, how well values order examples. */
public final class MetricsCount {
    private final List<float[]> values = new ArrayList<>();
    private final List<boolean[]> positives = new ArrayList<>();
    private double wrongWeight;
    private double allWeight;

    /** Adds a page: value, weight as a positive, and whether it is one, of each example. */
    public void add(float[] value, float[] weight, boolean[] positive) {
        values.add(value);
        positives.add(positive);
        for (int i = 0; i < value.length; i++) {
            for (int j = 0; positive[i] && j < value.length; j++) {
                if (!positive[j]) {
                    allWeight += weight[i];
                    wrongWeight += weight[i] * (value[j] > value[i] ? 1 : value[j] == value[i] ? 0.5 : 0);
                }
            }
        }
    }

    /**
     * Weighted per-user loss (Covington et al. 2016, section 4.4): the share of watch time that is on pairs of a positive and a
     * negative of one page in the wrong order; a tie is half wrong. NaN without such pairs.
     */
    public double perUserLoss() {
        return wrongWeight / allWeight;
    }

    /** Probability that a positive has a higher value than a negative. */
    public double auc() {
        float[] value = join();
        boolean[] positive = new boolean[value.length];
        int at = 0;
        for (boolean[] page : positives) {
            System.arraycopy(page, 0, positive, at, page.length);
            at += page.length;
        }
        return RocArea.of(value, positive);
    }

    private float[] join() {
        float[] all = new float[values.stream().mapToInt(page -> page.length).sum()];
        int at = 0;
        for (float[] page : values) {
            System.arraycopy(page, 0, all, at, page.length);
            at += page.length;
        }
        return all;
    }
}
