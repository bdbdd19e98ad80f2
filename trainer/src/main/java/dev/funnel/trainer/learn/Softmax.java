package dev.funnel.trainer.learn;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Softmax of a stretch of an array, in place, in the lanes of the Vector API. The exponential is a polynomial (Cephes' expf, to
 * about 2 units in the last place): the library's own has other bits when compiled than when interpreted, and a training must
 * come out the same twice.
 */
public final class Softmax {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTEGERS = IntVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private static final float LOWEST = -87;
    private static final float LOG2_E = 1.44269504f;
    private static final float LN2_HIGH = 0.693359375f;
    private static final float LN2_LOW = -2.12194440e-4f;
    /** Adding and taking away 1.5 * 2^23 rounds to an integer. */
    private static final float ROUNDING = 12582912f;

    private Softmax() {}

    /**
     * Replaces values by {@code scale * value - offset} and then by their softmax.
     *
     * @param values from {@code at} on, as many as there are offsets
     * @param labels places among them
     * @return -log of the softmax at each of the labels, added up
     */
    public static double replace(float[] values, int at, float[] offsets, float scale, int... labels) {
        int size = offsets.length;
        float most = shift(values, at, offsets, scale);
        double ofLabels = 0;
        for (int label : labels) {
            ofLabels += values[at + label] - most;
        }
        float sum = exponentiate(values, at, size, most);
        multiply(values, at, size, 1 / sum);
        return labels.length * Math.log(sum) - ofLabels;
    }

    /** Multiplies a stretch of an array. */
    public static void multiply(float[] values, int at, int size, float factor) {
        for (int i = at; i < at + size; i++) {
            values[i] *= factor;
        }
    }

    private static float shift(float[] values, int at, float[] offsets, float scale) {
        float most = Float.NEGATIVE_INFINITY;
        int whole = SPECIES.loopBound(offsets.length);
        FloatVector mosts = FloatVector.broadcast(SPECIES, most);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector shifted = FloatVector.fromArray(SPECIES, values, at + i)
                    .mul(scale)
                    .sub(FloatVector.fromArray(SPECIES, offsets, i));
            shifted.intoArray(values, at + i);
            mosts = mosts.max(shifted);
        }
        for (int i = whole; i < offsets.length; i++) {
            values[at + i] = values[at + i] * scale - offsets[i];
            most = Math.max(most, values[at + i]);
        }
        return Math.max(most, mosts.reduceLanes(VectorOperators.MAX));
    }

    /** Replaces values by exp(value - most); returns their sum. */
    private static float exponentiate(float[] values, int at, int size, float most) {
        FloatVector sums = FloatVector.zero(SPECIES);
        int whole = SPECIES.loopBound(size);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector exp = exp(FloatVector.fromArray(SPECIES, values, at + i).sub(most));
            exp.intoArray(values, at + i);
            sums = sums.add(exp);
        }
        float sum = 0;
        for (float lane : sums.toArray()) {
            sum += lane;
        }
        for (int i = at + whole; i < at + size; i++) {
            values[i] = exp(FloatVector.broadcast(SPECIES, values[i] - most)).lane(0);
            sum += values[i];
        }
        return sum;
    }

    /** exp(x) = 2^n exp(r), n = round(x / ln 2), |r| <= ln 2 / 2. */
    private static FloatVector exp(FloatVector x) {
        FloatVector bounded = x.max(LOWEST);
        FloatVector rounding = FloatVector.broadcast(SPECIES, ROUNDING);
        FloatVector n = bounded.mul(LOG2_E).add(rounding).sub(rounding);
        FloatVector r = bounded.sub(n.mul(LN2_HIGH)).sub(n.mul(LN2_LOW));
        FloatVector p = FloatVector.broadcast(SPECIES, 1.9875691500e-4f)
                .fma(r, FloatVector.broadcast(SPECIES, 1.3981999507e-3f))
                .fma(r, FloatVector.broadcast(SPECIES, 8.3334519073e-3f))
                .fma(r, FloatVector.broadcast(SPECIES, 4.1665795894e-2f))
                .fma(r, FloatVector.broadcast(SPECIES, 1.6666665459e-1f))
                .fma(r, FloatVector.broadcast(SPECIES, 5.0000001201e-1f));
        FloatVector exp = p.fma(r.mul(r), r).add(1);
        IntVector power = (IntVector) n.convertShape(VectorOperators.F2I, INTEGERS, 0);
        FloatVector two = power.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
        return exp.mul(two);
    }
}
