package dev.funnel.inference.feature;

import dev.funnel.bundle.FloatMatrix;
import java.util.Arrays;

/** How a raw number is scaled; see {@link dev.funnel.bundle.schema.Scale}. */
public sealed interface NumberScale {
    /** The scaled value of a finite number. */
    float apply(float raw);

    /** As it is, clipped to [-{@value #LIMIT}, {@value #LIMIT}] so that no caller's value overflows a network. */
    record Unscaled() implements NumberScale {
        static final float LIMIT = 1_000_000;

        @Override
        public float apply(float raw) {
            return Math.clamp(raw, -LIMIT, LIMIT);
        }
    }

    /**
     * Cumulative share, interpolated linearly between points and constant outside them.
     *
     * @param values raw values, strictly ascending
     * @param shares cumulative share of the training examples at each, ascending in [0, 1]
     */
    record Quantiles(float[] values, float[] shares) implements NumberScale {
        public Quantiles {
            if (values.length == 0 || values.length != shares.length) {
                throw new IllegalArgumentException(values.length + " quantiles have " + shares.length + " shares");
            }
            for (int i = 1; i < values.length; i++) {
                if (!(values[i - 1] < values[i]) || !(shares[i - 1] <= shares[i])) {
                    throw new IllegalArgumentException("quantiles do not ascend at " + i);
                }
            }
        }

        /** From a matrix with a row for each point: raw value, share. */
        static Quantiles of(FloatMatrix points) {
            float[] values = new float[points.rows()];
            float[] shares = new float[points.rows()];
            for (int i = 0; i < values.length; i++) {
                values[i] = points.get(i, 0);
                shares[i] = points.get(i, 1);
            }
            return new Quantiles(values, shares);
        }

        @Override
        public float apply(float raw) {
            int found = Arrays.binarySearch(values, raw);
            if (found >= 0) {
                return shares[found];
            }
            int above = -found - 1;
            if (above == 0) {
                return shares[0];
            }
            if (above == values.length) {
                return shares[above - 1];
            }
            int below = above - 1;
            double part = ((double) raw - values[below]) / ((double) values[above] - values[below]);
            return (float) (shares[below] + part * ((double) shares[above] - shares[below]));
        }
    }

    /**
     * Distance from the mean in standard deviations, clipped to [-{@value #LIMIT}, {@value #LIMIT}].
     *
     * @param deviation above 0
     */
    record Standard(float mean, float deviation) implements NumberScale {
        static final float LIMIT = 8;

        public Standard {
            if (!(deviation > 0)) {
                throw new IllegalArgumentException("a standard deviation must be above 0, not " + deviation);
            }
        }

        @Override
        public float apply(float raw) {
            return Math.clamp((raw - mean) / deviation, -LIMIT, LIMIT);
        }
    }
}
