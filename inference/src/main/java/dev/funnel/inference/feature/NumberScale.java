package dev.funnel.inference.feature;

import dev.funnel.bundle.FloatMatrix;

/** How a raw number is scaled; see {@link dev.funnel.bundle.schema.Scale}. */
public sealed interface NumberScale {
    /** The scaled value of a finite number. */
    float apply(float raw);

    /** Fills {@code into} with {@code count} scaled values of a column from {@code from} on, {@code missing} where it has NaN. */
    default void apply(float[] raw, int from, int count, float missing, float[] into) {
        for (int i = 0; i < count; i++) {
            float value = raw[from + i];
            into[i] = Float.isNaN(value) ? missing : apply(value);
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
        private final float highest;
        private final int lowest;
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
            this.highest = values[values.length - 1];
            this.lowest = ordered(values[0]);
            this.shift = shift(ordered(values[values.length - 1]) - (long) lowest);
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

        /** A number that orders floats as they are; -0 is 0. */
        private static int ordered(float value) {
            int bits = Float.floatToRawIntBits(value + 0f);
            return bits < 0 ? bits ^ Integer.MAX_VALUE : bits;
        }

        private static int shift(long span) {
            int shift = 0;
            while (span >>> shift >= MOST_STEPS) {
                shift++;
            }
            return shift;
        }

        /** By step of {@link #ordered}, the first point in it or above: where to look from, so that few points are looked at. */
        private char[] firstOfStep() {
            char[] first = new char[step(values[values.length - 1]) + 1];
            char point = 0;
            for (int step = 0; step < first.length; step++) {
                while (step(values[point]) < step) {
                    point++;
                }
                first[step] = point;
            }
            return first;
        }

        private int step(float value) {
            return (int) (((long) ordered(value) - lowest) >>> shift);
        }

        /** As inherited; written out so that the compiler sees which scale it is. */
        @Override
        public void apply(float[] raw, int from, int count, float missing, float[] into) {
            for (int i = 0; i < count; i++) {
                float value = raw[from + i];
                into[i] = Float.isNaN(value) ? missing : apply(value);
            }
        }

        @Override
        public float apply(float raw) {
            float inside = Math.min(Math.max(raw, values[0]), highest);
            int above = firstOfStep[step(inside)];
            while (values[above] < inside) {
                above++;
            }
            return (float) (shares[above] + slopes[above] * ((double) inside - values[above]));
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
