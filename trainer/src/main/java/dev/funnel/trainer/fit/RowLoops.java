package dev.funnel.trainer.fit;

/** {@link RowArithmetic} in plain loops. */
final class RowLoops implements RowArithmetic {

    @Override
    public float dot(float[] a, int aAt, float[] b, int bAt, int n) {
        float sum = 0;
        for (int i = 0; i < n; i++) {
            sum += a[aAt + i] * b[bAt + i];
        }
        return sum;
    }

    @Override
    public void add(float[] into, int at, float[] a, int aAt, float factor, int n) {
        for (int i = 0; i < n; i++) {
            into[at + i] += factor * a[aAt + i];
        }
    }

    @Override
    public void step(float[] a, int aAt, float[] b, int bAt, float keep, float pull, int n) {
        for (int i = 0; i < n; i++) {
            float before = a[aAt + i];
            a[aAt + i] = keep * before + pull * b[bAt + i];
            b[bAt + i] = keep * b[bAt + i] + pull * before;
        }
    }

    @Override
    public void step(float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, float keep, float pull, int n) {
        for (int i = 0; i < n; i++) {
            float before = a[aAt + i];
            a[aAt + i] = keep * before + pull * (b[bAt + i] - c[cAt + i]);
            b[bAt + i] = keep * b[bAt + i] + pull * before;
            c[cAt + i] = keep * c[cAt + i] - pull * before;
        }
    }
}
