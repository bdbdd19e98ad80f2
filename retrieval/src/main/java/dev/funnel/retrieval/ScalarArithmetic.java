package dev.funnel.retrieval;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.funnel.bundle.FloatMatrix;
import java.lang.foreign.MemorySegment;

/** {@link VectorArithmetic} in plain Java: what its formulas say, one value after the other. */
final class ScalarArithmetic implements VectorArithmetic {

    @Override
    public void dots(float[] query, FloatMatrix rows, int from, int to, float[] into) {
        for (int row = from; row < to; row++) {
            into[row - from] = dot(query, rows.segment(), row);
        }
    }

    @Override
    public void dots(float[] query, FloatMatrix rows, int[] named, int count, float[] into) {
        for (int i = 0; i < count; i++) {
            into[i] = dot(query, rows.segment(), named[i]);
        }
    }

    @Override
    public void squaredDistances(float[] query, FloatMatrix rows, int from, int to, float[] into) {
        for (int row = from; row < to; row++) {
            into[row - from] = squaredDistance(query, rows.segment(), (long) row * query.length * Float.BYTES);
        }
    }

    @Override
    public void squaredDistances(float[] query, FloatMatrix rows, int[] named, int count, float[] into) {
        for (int i = 0; i < count; i++) {
            into[i] = squaredDistance(query, rows.segment(), (long) named[i] * query.length * Float.BYTES);
        }
    }

    @Override
    public float squaredDistance(float[] one, float[] other) {
        return squaredDistance(one, MemorySegment.ofArray(other), 0);
    }

    @Override
    public void codeDots(int[] query, MemorySegment codes, int[] named, int count, int[] into) {
        for (int i = 0; i < count; i++) {
            long first = (long) named[i] * query.length;
            int sum = 0;
            for (int j = 0; j < query.length; j++) {
                sum += query[j] * codes.get(JAVA_BYTE, first + j);
            }
            into[i] = sum;
        }
    }

    @Override
    public void blockDots(short[] query, MemorySegment codes, int from, int to, int[] into) {
        for (int block = from; block < to; block++) {
            for (int item = 0; item < BLOCK; item++) {
                int sum = 0;
                long at = (long) block * query.length + VectorArithmetic.placeInBlock(item);
                for (int j = 0; j < query.length; j += BLOCK) {
                    sum += query[j] * codes.get(JAVA_BYTE, at + j);
                }
                into[(block - from) * BLOCK + item] = sum;
            }
        }
    }

    @Override
    public void addRows(float[] into, int from, float[][] source, int first, float[] factors) {
        for (int c = from; c < into.length; c++) {
            float even = into[c];
            float odd = 0;
            for (int i = 0; i < ROWS; i += 2) {
                even = Math.fma(source[first + i][c], factors[i], even);
                odd = Math.fma(source[first + i + 1][c], factors[i + 1], odd);
            }
            into[c] = even + odd;
        }
    }

    @Override
    public String describe() {
        return "scalar";
    }

    private static float dot(float[] query, MemorySegment floats, int row) {
        long first = (long) row * query.length * Float.BYTES;
        int whole = query.length & -LANES;
        float[] sums = new float[LANES];
        for (int i = 0; i < whole; i++) {
            sums[i % LANES] = Math.fma(query[i], at(floats, first, i), sums[i % LANES]);
        }
        float rest = 0;
        for (int i = whole; i < query.length; i++) {
            rest = Math.fma(query[i], at(floats, first, i), rest);
        }
        return total(sums) + rest;
    }

    private static float squaredDistance(float[] query, MemorySegment floats, long first) {
        int whole = query.length & -LANES;
        float[] sums = new float[LANES];
        for (int i = 0; i < whole; i++) {
            float difference = query[i] - at(floats, first, i);
            sums[i % LANES] = Math.fma(difference, difference, sums[i % LANES]);
        }
        float rest = 0;
        for (int i = whole; i < query.length; i++) {
            float difference = query[i] - at(floats, first, i);
            rest = Math.fma(difference, difference, rest);
        }
        return total(sums) + rest;
    }

    private static float at(MemorySegment floats, long first, int index) {
        return floats.get(JAVA_FLOAT_UNALIGNED, first + (long) index * Float.BYTES);
    }

    private static float total(float[] sums) {
        return ((sums[0] + sums[4]) + (sums[2] + sums[6])) + ((sums[1] + sums[5]) + (sums[3] + sums[7]));
    }
}
