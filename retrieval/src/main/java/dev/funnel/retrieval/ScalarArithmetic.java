package dev.funnel.retrieval;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.funnel.bundle.FloatMatrix;
import java.lang.foreign.MemorySegment;

/** {@link VectorArithmetic} in plain Java: one term after the other, as one would write it down. */
final class ScalarArithmetic implements VectorArithmetic {

    @Override
    public void dots(float[] query, FloatMatrix rows, int from, int to, float[] into) {
        MemorySegment floats = rows.segment();
        for (int row = from; row < to; row++) {
            long at = (long) row * query.length * Float.BYTES;
            float sum = 0;
            for (int i = 0; i < query.length; i++) {
                sum += query[i] * floats.get(JAVA_FLOAT_UNALIGNED, at + (long) i * Float.BYTES);
            }
            into[row - from] = sum;
        }
    }

    @Override
    public void squaredDistances(float[] query, FloatMatrix rows, int from, int to, float[] into) {
        MemorySegment floats = rows.segment();
        for (int row = from; row < to; row++) {
            long at = (long) row * query.length * Float.BYTES;
            float sum = 0;
            for (int i = 0; i < query.length; i++) {
                float difference = query[i] - floats.get(JAVA_FLOAT_UNALIGNED, at + (long) i * Float.BYTES);
                sum += difference * difference;
            }
            into[row - from] = sum;
        }
    }

    @Override
    public float squaredDistance(float[] one, float[] other) {
        float sum = 0;
        for (int i = 0; i < one.length; i++) {
            float difference = one[i] - other[i];
            sum += difference * difference;
        }
        return sum;
    }

    @Override
    public String describe() {
        return "scalar";
    }
}
