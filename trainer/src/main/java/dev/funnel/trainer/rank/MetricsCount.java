package dev.funnel.trainer.rank;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Counts {@link RankerMetrics} page by page. */
final class MetricsCount {
    private static final int DECILES = 10;

    private final List<float[]> values = new ArrayList<>();
    private final List<float[]> weights = new ArrayList<>();
    private final List<boolean[]> positives = new ArrayList<>();
    private double wrongWeight;
    private double allWeight;

    /** Adds a page: value, weight as a positive, and whether it is one, of each example. */
    void add(float[] value, float[] weight, boolean[] positive) {
        values.add(value);
        weights.add(weight);
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

    RankerMetrics metrics(double weightedLoss) {
        float[] value = join(values);
        float[] weight = join(weights);
        boolean[] positive = new boolean[value.length];
        int at = 0;
        for (boolean[] page : positives) {
            System.arraycopy(page, 0, positive, at, page.length);
            at += page.length;
        }
        return new RankerMetrics(
                value.length, weightedLoss, wrongWeight / allWeight, auc(value, positive), deciles(value, weight));
    }

    private static float[] join(List<float[]> pages) {
        float[] all = new float[pages.stream().mapToInt(page -> page.length).sum()];
        int at = 0;
        for (float[] page : pages) {
            System.arraycopy(page, 0, all, at, page.length);
            at += page.length;
        }
        return all;
    }

    /** By ranks (Mann and Whitney 1947); equal values share their mean rank. */
    private static double auc(float[] value, boolean[] positive) {
        int[] order = ascending(value);
        double ranks = 0;
        long count = 0;
        int from = 0;
        for (int i = 1; i <= order.length; i++) {
            if (i == order.length || value[order[i]] != value[order[from]]) {
                double rank = (from + 1 + i) / 2.0;
                for (int j = from; j < i; j++) {
                    ranks += positive[order[j]] ? rank : 0;
                    count += positive[order[j]] ? 1 : 0;
                }
                from = i;
            }
        }
        return (ranks - count * (count + 1) / 2.0) / ((double) count * (order.length - count));
    }

    private static List<RankerMetrics.Decile> deciles(float[] value, float[] weight) {
        int[] order = ascending(value);
        List<RankerMetrics.Decile> deciles = new ArrayList<>();
        for (int d = DECILES - 1; d >= 0; d--) {
            int from = (int) ((long) order.length * d / DECILES);
            int to = (int) ((long) order.length * (d + 1) / DECILES);
            int[] part = Arrays.copyOfRange(order, from, to);
            deciles.add(new RankerMetrics.Decile(
                    Arrays.stream(part).mapToDouble(i -> value[i]).average().orElse(0),
                    Arrays.stream(part).mapToDouble(i -> weight[i]).average().orElse(0)));
        }
        return deciles;
    }

    private static int[] ascending(float[] value) {
        return IntStream.range(0, value.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> value[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
