package dev.funnel.inference.feature;

import dev.funnel.bundle.FloatMatrix;
import java.util.Arrays;

/** How a raw number is scaled; see {@link dev.funnel.bundle.schema.Scale}. */
public sealed interface NumberScale {
    /** The scaled value of a number; of NaN any. */
    float apply(float raw);

    /** Fills {@code into} with {@code count} scaled values of a column from {@code from} on, {@code missing} where it has NaN. */
    default void apply(float[] raw, int from, int count, float missing, float[] into) {
        for (int i = 0; i < count; i++) {
            float value = raw[from + i];
            into[i] = Missing.or(missing, value, apply(value));
        }
    }

    /** As it is, clipped to [-{@value #LIMIT}, {@value #LIMIT}] so that no caller's value overflows a network. */
    record Unscaled() implements NumberScale {
        static final float LIMIT = 1_000_000;

        @Override
        public float apply(float raw) {
            return Math.clamp(raw, -LIMIT, LIMIT);
        }
    }

    /** Cumulative share, interpolated linearly between points and constant outside them. */
    final class Quantiles implements NumberScale {
        private static final int MOST_STEPS = 8_192;

        /** The most points a scale may have. */
        private static final int MOST_POINTS = Character.MAX_VALUE + 1;

        private final float[] values;
        private final float[] shares;
        private final double[] slopes;
        private final int[] orders;
        private final int lowest;
        private final int highest;
        private final int shift;
        private final char[] firstOfStep;

        /**
         * Points to interpolate between, 65,536 at most.
         *
         * @param values raw values, strictly ascending
         * @param shares cumulative share of the training examples at each, ascending in [0, 1]
         */
        public Quantiles(float[] values, float[] shares) {
            if (values.length == 0 || values.length != shares.length) {
                throw new IllegalArgumentException(values.length + " quantiles have " + shares.length + " shares");
            }
            if (values.length > MOST_POINTS) {
                throw new IllegalArgumentException(values.length + " quantiles, must be at most " + MOST_POINTS);
            }
            for (int i = 1; i < values.length; i++) {
                if (!(values[i - 1] < values[i]) || !(shares[i - 1] <= shares[i])) {
                    throw new IllegalArgumentException("quantiles do not ascend at " + i);
                }
            }
            this.values = values.clone();
            this.shares = shares.clone();
            this.slopes = new double[values.length];
            for (int i = 1; i < values.length; i++) {
                slopes[i] = ((double) shares[i] - shares[i - 1]) / ((double) values[i] - values[i - 1]);
            }
            this.orders = new int[values.length];
            Arrays.setAll(orders, point -> ordered(values[point]));
            this.lowest = orders[0];
            this.highest = orders[values.length - 1];
            this.shift = shift(highest - (long) lowest);
            this.firstOfStep = firstOfStep();
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

        /** Raw values of the points. */
        public float[] values() {
            return values.clone();
        }

        /** Cumulative shares of the points. */
        public float[] shares() {
            return shares.clone();
        }

        /** A number that orders floats as they are; -0 is 0, and NaN is below or above all others. */
        private static int ordered(float value) {
            return flipped(Float.floatToRawIntBits(value + 0f));
        }

        /** The bits of a float made to order as it does, and back. */
        private static int flipped(int bits) {
            return bits ^ (bits >> 31 & Integer.MAX_VALUE);
        }

        private static int shift(long span) {
            int shift = 0;
            while (span >>> shift >= MOST_STEPS) {
                shift++;
            }
            return shift;
        }

        /** By step of {@link #ordered(float)}, the first point in it or above: where to look from, so that few points are looked at. */
        private char[] firstOfStep() {
            char[] first = new char[step(highest) + 1];
            char point = 0;
            for (int step = 0; step < first.length; step++) {
                while (step(orders[point]) < step) {
                    point++;
                }
                first[step] = point;
            }
            return first;
        }

        private int step(int inside) {
            return (int) (((long) inside - lowest) >>> shift);
        }

        /** As inherited; written out so that the compiler sees which scale it is. */
        @Override
        public void apply(float[] raw, int from, int count, float missing, float[] into) {
            for (int i = 0; i < count; i++) {
                float value = raw[from + i];
                into[i] = Missing.or(missing, value, apply(value));
            }
        }

        @Override
        public float apply(float raw) {
            int inside = Math.min(Math.max(ordered(raw), lowest), highest);
            int above = firstOfStep[step(inside)];
            above += (int) (orders[above] - (long) inside >>> 63); // mostly far enough, and no branch to foresee
            while (orders[above] < inside) {
                above++;
            }
            return (float)
                    (shares[above] + slopes[above] * ((double) Float.intBitsToFloat(flipped(inside)) - values[above]));
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
