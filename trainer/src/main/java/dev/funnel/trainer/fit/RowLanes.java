package dev.funnel.trainer.fit;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link RowArithmetic} in the lanes of the Vector API. What does not fill the lanes is left to {@link RowLoops}.
 *
 * <p>Lanes are added up in halves and not with {@code reduceLanes}, whose order is unspecified: compiled and interpreted code
 * would give different bits.
 */
final class RowLanes implements RowArithmetic {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final RowLoops REST = new RowLoops();

    @Override
    public float dot(float[] a, int aAt, float[] b, int bAt, int n) {
        FloatVector even = FloatVector.zero(SPECIES);
        FloatVector odd = even;
        int i = 0;
        for (; i + 2 * LANES <= n; i += 2 * LANES) {
            even = load(a, aAt + i).fma(load(b, bAt + i), even);
            odd = load(a, aAt + i + LANES).fma(load(b, bAt + i + LANES), odd);
        }
        for (; i + LANES <= n; i += LANES) {
            even = load(a, aAt + i).fma(load(b, bAt + i), even);
        }
        return total(even.add(odd)) + REST.dot(a, aAt + i, b, bAt + i, n - i);
    }

    @Override
    public void add(float[] into, int at, float[] a, int aAt, float factor, int n) {
        FloatVector factors = FloatVector.broadcast(SPECIES, factor);
        int i = 0;
        for (; i + LANES <= n; i += LANES) {
            load(a, aAt + i).fma(factors, load(into, at + i)).intoArray(into, at + i);
        }
        REST.add(into, at + i, a, aAt + i, factor, n - i);
    }

    @Override
    public void step(float[] a, int aAt, float[] b, int bAt, float keep, float pull, int n) {
        FloatVector keeps = FloatVector.broadcast(SPECIES, keep);
        FloatVector pulls = FloatVector.broadcast(SPECIES, pull);
        int i = 0;
        for (; i + LANES <= n; i += LANES) {
            FloatVector x = load(a, aAt + i);
            FloatVector y = load(b, bAt + i);
            x.fma(keeps, y.mul(pulls)).intoArray(a, aAt + i);
            y.fma(keeps, x.mul(pulls)).intoArray(b, bAt + i);
        }
        REST.step(a, aAt + i, b, bAt + i, keep, pull, n - i);
    }

    @Override
    public void step(float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, float keep, float pull, int n) {
        FloatVector keeps = FloatVector.broadcast(SPECIES, keep);
        FloatVector pulls = FloatVector.broadcast(SPECIES, pull);
        int i = 0;
        for (; i + LANES <= n; i += LANES) {
            FloatVector x = load(a, aAt + i);
            FloatVector y = load(b, bAt + i);
            FloatVector z = load(c, cAt + i);
            FloatVector pulled = x.mul(pulls);
            x.fma(keeps, y.sub(z).mul(pulls)).intoArray(a, aAt + i);
            y.fma(keeps, pulled).intoArray(b, bAt + i);
            z.mul(keeps).sub(pulled).intoArray(c, cAt + i);
        }
        REST.step(a, aAt + i, b, bAt + i, c, cAt + i, keep, pull, n - i);
    }

    private static FloatVector load(float[] from, int at) {
        return FloatVector.fromArray(SPECIES, from, at);
    }

    private static float total(FloatVector sums) {
        float[] lanes = new float[LANES];
        sums.intoArray(lanes, 0);
        for (int half = LANES / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                lanes[i] += lanes[i + half];
            }
        }
        return lanes[0];
    }
}
