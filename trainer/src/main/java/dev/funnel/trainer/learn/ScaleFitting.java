package dev.funnel.trainer.learn;

import dev.funnel.inference.feature.NumberScale;
import java.util.Arrays;

/** Fits the scale of a number to a sample of its raw values, NaN left out. */
public final class ScaleFitting {
    private static final int POINTS = 256;

    private ScaleFitting() {}

    /**
     * Quantiles at about {@value #POINTS} places. The share of a value is that of the smaller ones and half of the equal ones,
     * so that a value that is very frequent lies in the middle of its step.
     */
    public static NumberScale.Quantiles quantiles(float[] sample) {
        float[] sorted = known(sample);
        Arrays.sort(sorted);
        if (sorted.length == 0) {
            return new NumberScale.Quantiles(new float[] {0}, new float[] {0.5f});
        }
        float[] values = new float[POINTS + 1];
        float[] shares = new float[POINTS + 1];
        int size = 0;
        for (int p = 0; p <= POINTS; p++) {
            float value = sorted[(int) ((long) p * (sorted.length - 1) / POINTS)];
            if (size == 0 || value > values[size - 1]) {
                values[size] = value;
                shares[size++] = share(sorted, value);
            }
        }
        return new NumberScale.Quantiles(Arrays.copyOf(values, size), Arrays.copyOf(shares, size));
    }

    private static float share(float[] sorted, float value) {
        int below = firstAbove(sorted, Math.nextDown(value));
        int upTo = firstAbove(sorted, value);
        return (float) ((below + upTo) / 2.0 / sorted.length);
    }

    /** How many values are at most {@code limit}. */
    private static int firstAbove(float[] sorted, float limit) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] <= limit) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Mean and deviation; a deviation of 0 counts as 1. */
    public static NumberScale.Standard standard(float[] sample) {
        float[] known = known(sample);
        double sum = 0;
        double squares = 0;
        for (float value : known) {
            sum += value;
            squares += (double) value * value;
        }
        double mean = sum / Math.max(1, known.length);
        double deviation = Math.sqrt(Math.max(0, squares / Math.max(1, known.length) - mean * mean));
        return new NumberScale.Standard((float) mean, deviation > 1e-12 ? (float) deviation : 1);
    }

    private static float[] known(float[] sample) {
        float[] known = new float[sample.length];
        int size = 0;
        for (float value : sample) {
            if (!Float.isNaN(value)) {
                known[size++] = value;
            }
        }
        return Arrays.copyOf(known, size);
    }
}
