package dev.funnel.trainer.learn;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of row-major float matrices in plain arrays, in the lanes of the Vector API. An element of a product is summed up in
 * the same order whatever the shapes around it are, so cutting a batch into other shards gives the same bits.
 */
public final class Matrices {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int WIDE = 4 * LANES;

    /** How many rows of B are worked through before the next: with them a panel fills the first cache. */
    private static final int DEEP = 128;

    private Matrices() {}

    /**
     * Adds A B to C, where A is [m, k], B [k, n] and C [m, n].
     *
     * @param aRow distance of A's rows in {@code a}: k, or 1 if {@code a} holds its transpose
     * @param aColumn distance of A's columns in {@code a}: 1, or m if {@code a} holds its transpose
     */
    public static void addProduct(
            int m, int k, int n, float[] a, int aFrom, int aRow, int aColumn, float[] b, float[] c, int cFrom) {
        if (n == 1) {
            addColumn(m, k, a, aFrom, aRow, aColumn, b, c, cFrom);
            return;
        }
        int wide = n - n % WIDE;
        float[] panel = new float[wide == 0 ? 0 : Math.min(k, DEEP) * WIDE];
        for (int x = 0; x < k; x += DEEP) {
            int deep = Math.min(DEEP, k - x);
            int from = aFrom + x * aColumn;
            for (int j = 0; j < wide; j += WIDE) {
                pack(deep, n, b, x * n + j, panel);
                addPanel(m, deep, n, a, from, aRow, aColumn, panel, c, cFrom + j);
            }
            addRest(m, deep, n, a, from, aRow, aColumn, b, x * n, c, cFrom, wide);
        }
    }

    /** Copies some rows of four vectors' width of B side by side, where they are read again for every row of A. */
    private static void pack(int deep, int n, float[] b, int bFrom, float[] panel) {
        for (int x = 0; x < deep; x++) {
            System.arraycopy(b, bFrom + x * n, panel, x * WIDE, WIDE);
        }
    }

    private static void addPanel(
            int m, int k, int n, float[] a, int aFrom, int aRow, int aColumn, float[] panel, float[] c, int cFrom) {
        int i = 0;
        for (; i + 4 <= m; i += 4) {
            fourRowsWide(k, n, a, aFrom + i * aRow, aRow, aColumn, panel, c, cFrom + i * n);
        }
        for (; i < m; i++) {
            for (int part = 0; part < WIDE; part += LANES) {
                oneRow(k, WIDE, a, aFrom + i * aRow, aColumn, panel, part, c, cFrom + i * n + part);
            }
        }
    }

    /** The columns after the last four whole vectors. */
    private static void addRest(
            int m,
            int k,
            int n,
            float[] a,
            int aFrom,
            int aRow,
            int aColumn,
            float[] b,
            int bFrom,
            float[] c,
            int cFrom,
            int wide) {
        int whole = SPECIES.loopBound(n);
        int fours = m - m % 4;
        for (int j = wide; j < whole; j += LANES) {
            for (int i = 0; i < fours; i += 4) {
                fourRows(k, n, a, aFrom + i * aRow, aRow, aColumn, b, bFrom + j, c, cFrom + i * n + j);
            }
            for (int i = fours; i < m; i++) {
                oneRow(k, n, a, aFrom + i * aRow, aColumn, b, bFrom + j, c, cFrom + i * n + j);
            }
        }
        for (int i = 0; i < m; i++) {
            for (int j = whole; j < n; j++) {
                oneElement(k, n, a, aFrom + i * aRow, aColumn, b, bFrom + j, c, cFrom + i * n + j);
            }
        }
    }

    /**
     * Four rows of A times four vectors' width of B: sixteen sums in flight, each loaded value used four times. The sums are given to
     * no other method: calls in so large a one are not inlined, and a vector that is passed becomes an object, in every round of the loop.
     */
    private static void fourRowsWide(
            int k, int n, float[] a, int aFrom, int aRow, int aColumn, float[] panel, float[] c, int cAt) {
        FloatVector s00 = FloatVector.zero(SPECIES);
        FloatVector s01 = s00;
        FloatVector s02 = s00;
        FloatVector s03 = s00;
        FloatVector s10 = s00;
        FloatVector s11 = s00;
        FloatVector s12 = s00;
        FloatVector s13 = s00;
        FloatVector s20 = s00;
        FloatVector s21 = s00;
        FloatVector s22 = s00;
        FloatVector s23 = s00;
        FloatVector s30 = s00;
        FloatVector s31 = s00;
        FloatVector s32 = s00;
        FloatVector s33 = s00;
        for (int x = 0; x < k; x++) {
            int at0 = x * WIDE;
            FloatVector b0 = FloatVector.fromArray(SPECIES, panel, at0);
            FloatVector b1 = FloatVector.fromArray(SPECIES, panel, at0 + LANES);
            FloatVector b2 = FloatVector.fromArray(SPECIES, panel, at0 + 2 * LANES);
            FloatVector b3 = FloatVector.fromArray(SPECIES, panel, at0 + 3 * LANES);
            int at = aFrom + x * aColumn;
            FloatVector a0 = FloatVector.broadcast(SPECIES, a[at]);
            s00 = a0.fma(b0, s00);
            s01 = a0.fma(b1, s01);
            s02 = a0.fma(b2, s02);
            s03 = a0.fma(b3, s03);
            FloatVector a1 = FloatVector.broadcast(SPECIES, a[at + aRow]);
            s10 = a1.fma(b0, s10);
            s11 = a1.fma(b1, s11);
            s12 = a1.fma(b2, s12);
            s13 = a1.fma(b3, s13);
            FloatVector a2 = FloatVector.broadcast(SPECIES, a[at + 2 * aRow]);
            s20 = a2.fma(b0, s20);
            s21 = a2.fma(b1, s21);
            s22 = a2.fma(b2, s22);
            s23 = a2.fma(b3, s23);
            FloatVector a3 = FloatVector.broadcast(SPECIES, a[at + 3 * aRow]);
            s30 = a3.fma(b0, s30);
            s31 = a3.fma(b1, s31);
            s32 = a3.fma(b2, s32);
            s33 = a3.fma(b3, s33);
        }
        FloatVector.fromArray(SPECIES, c, cAt).add(s00).intoArray(c, cAt);
        FloatVector.fromArray(SPECIES, c, cAt + LANES).add(s01).intoArray(c, cAt + LANES);
        FloatVector.fromArray(SPECIES, c, cAt + 2 * LANES).add(s02).intoArray(c, cAt + 2 * LANES);
        FloatVector.fromArray(SPECIES, c, cAt + 3 * LANES).add(s03).intoArray(c, cAt + 3 * LANES);
        int at1 = cAt + n;
        FloatVector.fromArray(SPECIES, c, at1).add(s10).intoArray(c, at1);
        FloatVector.fromArray(SPECIES, c, at1 + LANES).add(s11).intoArray(c, at1 + LANES);
        FloatVector.fromArray(SPECIES, c, at1 + 2 * LANES).add(s12).intoArray(c, at1 + 2 * LANES);
        FloatVector.fromArray(SPECIES, c, at1 + 3 * LANES).add(s13).intoArray(c, at1 + 3 * LANES);
        int at2 = cAt + 2 * n;
        FloatVector.fromArray(SPECIES, c, at2).add(s20).intoArray(c, at2);
        FloatVector.fromArray(SPECIES, c, at2 + LANES).add(s21).intoArray(c, at2 + LANES);
        FloatVector.fromArray(SPECIES, c, at2 + 2 * LANES).add(s22).intoArray(c, at2 + 2 * LANES);
        FloatVector.fromArray(SPECIES, c, at2 + 3 * LANES).add(s23).intoArray(c, at2 + 3 * LANES);
        int at3 = cAt + 3 * n;
        FloatVector.fromArray(SPECIES, c, at3).add(s30).intoArray(c, at3);
        FloatVector.fromArray(SPECIES, c, at3 + LANES).add(s31).intoArray(c, at3 + LANES);
        FloatVector.fromArray(SPECIES, c, at3 + 2 * LANES).add(s32).intoArray(c, at3 + 2 * LANES);
        FloatVector.fromArray(SPECIES, c, at3 + 3 * LANES).add(s33).intoArray(c, at3 + 3 * LANES);
    }

    private static void add(FloatVector sum, float[] c, int at) {
        FloatVector.fromArray(SPECIES, c, at).add(sum).intoArray(c, at);
    }

    /** Four rows of A times one vector's width of B: four sums in flight. */
    private static void fourRows(
            int k, int n, float[] a, int aFrom, int aRow, int aColumn, float[] b, int j, float[] c, int cAt) {
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        for (int x = 0; x < k; x++) {
            FloatVector row = FloatVector.fromArray(SPECIES, b, x * n + j);
            int at = aFrom + x * aColumn;
            s0 = broadcast(a[at]).fma(row, s0);
            s1 = broadcast(a[at + aRow]).fma(row, s1);
            s2 = broadcast(a[at + 2 * aRow]).fma(row, s2);
            s3 = broadcast(a[at + 3 * aRow]).fma(row, s3);
        }
        add(s0, c, cAt);
        add(s1, c, cAt + n);
        add(s2, c, cAt + 2 * n);
        add(s3, c, cAt + 3 * n);
    }

    private static void oneRow(int k, int n, float[] a, int aFrom, int aColumn, float[] b, int j, float[] c, int cAt) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int x = 0; x < k; x++) {
            sum = FloatVector.broadcast(SPECIES, a[aFrom + x * aColumn])
                    .fma(FloatVector.fromArray(SPECIES, b, x * n + j), sum);
        }
        add(sum, c, cAt);
    }

    private static void oneElement(
            int k, int n, float[] a, int aFrom, int aColumn, float[] b, int j, float[] c, int cAt) {
        float sum = 0;
        for (int x = 0; x < k; x++) {
            sum = Math.fma(a[aFrom + x * aColumn], b[x * n + j], sum);
        }
        c[cAt] += sum;
    }

    /** A times one column: sums along the rows of A, or across them, whichever lie side by side in memory. */
    private static void addColumn(
            int m, int k, float[] a, int aFrom, int aRow, int aColumn, float[] b, float[] c, int cFrom) {
        if (aColumn == 1) {
            for (int i = 0; i < m; i++) {
                c[cFrom + i] += dot(k, a, aFrom + i * aRow, b);
            }
            return;
        }
        int whole = aRow == 1 ? SPECIES.loopBound(m) : 0;
        for (int i = 0; i < whole; i += LANES) {
            FloatVector sum = FloatVector.zero(SPECIES);
            for (int x = 0; x < k; x++) {
                sum = FloatVector.fromArray(SPECIES, a, aFrom + i + x * aColumn).fma(broadcast(b[x]), sum);
            }
            add(sum, c, cFrom + i);
        }
        for (int i = whole; i < m; i++) {
            oneElement(k, 1, a, aFrom + i * aRow, aColumn, b, 0, c, cFrom + i);
        }
    }

    private static FloatVector broadcast(float value) {
        return FloatVector.broadcast(SPECIES, value);
    }

    private static float dot(int k, float[] a, int aFrom, float[] b) {
        int whole = SPECIES.loopBound(k);
        FloatVector sums = FloatVector.zero(SPECIES);
        for (int x = 0; x < whole; x += LANES) {
            sums = FloatVector.fromArray(SPECIES, a, aFrom + x).fma(FloatVector.fromArray(SPECIES, b, x), sums);
        }
        float sum = 0;
        for (float lane : sums.toArray()) {
            sum += lane;
        }
        for (int x = whole; x < k; x++) {
            sum = Math.fma(a[aFrom + x], b[x], sum);
        }
        return sum;
    }

    /** Writes the transpose of a [rows, columns] matrix to {@code into}. */
    public static void transpose(int rows, int columns, float[] matrix, float[] into) {
        transpose(rows, columns, matrix, 0, rows, into);
    }

    /** Writes rows {@code from} to {@code to} of a [rows, columns] matrix as columns of its transpose. */
    public static void transpose(int rows, int columns, float[] matrix, int from, int to, float[] into) {
        int block = 32;
        for (int r0 = from; r0 < to; r0 += block) {
            for (int c0 = 0; c0 < columns; c0 += block) {
                for (int r = r0; r < Math.min(to, r0 + block); r++) {
                    for (int c = c0; c < Math.min(columns, c0 + block); c++) {
                        into[c * rows + r] = matrix[r * columns + c];
                    }
                }
            }
        }
    }
}
