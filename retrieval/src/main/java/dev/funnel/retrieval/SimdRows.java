package dev.funnel.retrieval;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Rows added to rows in lanes: every row is read once for eight multiplications of its neighbours. No lane depends on another. */
final class SimdRows {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int STEP = SPECIES.length();

    /** See {@link VectorArithmetic#addRows}. */
    void add(float[] into, int from, float[][] source, int first, float[] factors) {
        float[] row0 = source[first];
        float[] row1 = source[first + 1];
        float[] row2 = source[first + 2];
        float[] row3 = source[first + 3];
        float[] row4 = source[first + 4];
        float[] row5 = source[first + 5];
        float[] row6 = source[first + 6];
        float[] row7 = source[first + 7];
        FloatVector factor0 = FloatVector.broadcast(SPECIES, factors[0]);
        FloatVector factor1 = FloatVector.broadcast(SPECIES, factors[1]);
        FloatVector factor2 = FloatVector.broadcast(SPECIES, factors[2]);
        FloatVector factor3 = FloatVector.broadcast(SPECIES, factors[3]);
        FloatVector factor4 = FloatVector.broadcast(SPECIES, factors[4]);
        FloatVector factor5 = FloatVector.broadcast(SPECIES, factors[5]);
        FloatVector factor6 = FloatVector.broadcast(SPECIES, factors[6]);
        FloatVector factor7 = FloatVector.broadcast(SPECIES, factors[7]);
        for (int c = from & -STEP; c < into.length; c += STEP) {
            FloatVector even = load(row0, c).fma(factor0, load(into, c));
            FloatVector odd = load(row1, c).fma(factor1, FloatVector.zero(SPECIES));
            even = load(row2, c).fma(factor2, even);
            odd = load(row3, c).fma(factor3, odd);
            even = load(row4, c).fma(factor4, even);
            odd = load(row5, c).fma(factor5, odd);
            even = load(row6, c).fma(factor6, even);
            odd = load(row7, c).fma(factor7, odd);
            even.add(odd).intoArray(into, c);
        }
    }

    private static FloatVector load(float[] values, int at) {
        return FloatVector.fromArray(SPECIES, values, at);
    }
}
