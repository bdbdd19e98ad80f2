package dev.funnel.trainer.evaluate.ranker;

import java.util.ArrayList;
import java.util.List;

/**
 * Fields as numbers, for models that cannot read categories: of each field the mean label of its value in the training rows, pulled
 * towards the mean of all, and the logarithm of how often the value occurs. A training row's own fold is left out of its mean.
 */
final class LabelMeans {
    /** A value counts as if it had so many more rows with the mean label. */
    private static final double PULL = 10;

    private static final int FOLDS = 5;
    private static final int WHOLE = FOLDS;

    private final RankerData data;
    private final double mean;

    /** Per field and fold the sum of labels and the count by code; the last fold is all of them together. */
    private final double[][][] sums;

    private final double[][][] counts;

    LabelMeans(RankerData data) {
        this.data = data;
        Examples training = data.training();
        int fields = training.fields().length;
        this.sums = new double[fields][FOLDS + 1][data.layout().values()];
        this.counts = new double[fields][FOLDS + 1][data.layout().values()];
        double sum = 0;
        for (int row = 0; row < training.size(); row++) {
            sum += training.labels()[row];
            for (int field = 0; field < fields; field++) {
                count(field, row % FOLDS, training.fields()[field][row], training.labels()[row]);
                count(field, WHOLE, training.fields()[field][row], training.labels()[row]);
            }
        }
        this.mean = sum / training.size();
    }

    private void count(int field, int fold, int code, float label) {
        if (code != Examples.UNKNOWN) {
            sums[field][fold][code] += label;
            counts[field][fold][code]++;
        }
    }

    /** Names of the numbers. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (String field : data.layout().fields()) {
            names.addAll(List.of(field + "_mean", field + "_count"));
        }
        names.addAll(data.layout().numbers());
        return names;
    }

    /** Rows with these numbers instead of fields. */
    Examples numbers(Examples examples) {
        boolean training = examples == data.training();
        int fields = examples.fields().length;
        float[][] numbers = new float[2 * fields + examples.numbers().length][];
        for (int field = 0; field < fields; field++) {
            numbers[2 * field] = new float[examples.size()];
            numbers[2 * field + 1] = new float[examples.size()];
            for (int row = 0; row < examples.size(); row++) {
                int code = examples.fields()[field][row];
                numbers[2 * field][row] = mean(field, code, training ? row % FOLDS : -1);
                numbers[2 * field + 1][row] = (float) Math.log1p(code < 0 ? 0 : counts[field][WHOLE][code]);
            }
        }
        System.arraycopy(examples.numbers(), 0, numbers, 2 * fields, examples.numbers().length);
        return new Examples(
                new int[0][], new int[0][], numbers, examples.labels(), examples.weights(), examples.pages());
    }

    /** @param without a fold that is left out; -1: none */
    private float mean(int field, int code, int without) {
        if (code == Examples.UNKNOWN) {
            return (float) mean;
        }
        double sum = sums[field][WHOLE][code] - (without < 0 ? 0 : sums[field][without][code]);
        double count = counts[field][WHOLE][code] - (without < 0 ? 0 : counts[field][without][code]);
        return (float) ((sum + PULL * mean) / (count + PULL));
    }
}
