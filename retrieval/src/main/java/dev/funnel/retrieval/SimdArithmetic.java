package dev.funnel.retrieval;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.funnel.bundle.FloatMatrix;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link VectorArithmetic} in the lanes of the Vector API: four rows at a time, so that four sums are in flight and the query
 * is read once for all of them.
 *
 * <p>Lanes are added up one by one and not with {@code reduceLanes}, whose order is unspecified: compiled and interpreted code
 * would give different bits.
 */
final class SimdArithmetic implements VectorArithmetic {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    @Override
    public void dots(float[] query, FloatMatrix rows, int from, int to, float[] into) {
        MemorySegment floats = rows.segment();
        float[] lanes = new float[LANES];
        int row = from;
        for (; row + 4 <= to; row += 4) {
            fourDots(query, floats, row, into, row - from, lanes);
        }
        for (; row < to; row++) {
            into[row - from] = dot(query, floats, row, lanes);
        }
    }

    @Override
    public void squaredDistances(float[] query, FloatMatrix rows, int from, int to, float[] into) {
        MemorySegment floats = rows.segment();
        float[] lanes = new float[LANES];
        for (int row = from; row < to; row++) {
            into[row - from] = squaredDistance(query, floats, row, lanes);
        }
    }

    @Override
    public float squaredDistance(float[] one, float[] other) {
        int whole = SPECIES.loopBound(one.length);
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector difference =
                    FloatVector.fromArray(SPECIES, one, i).sub(FloatVector.fromArray(SPECIES, other, i));
            sum = difference.fma(difference, sum);
        }
        float rest = 0;
        for (int i = whole; i < one.length; i++) {
            float difference = one[i] - other[i];
            rest += difference * difference;
        }
        return total(sum, new float[LANES]) + rest;
    }

    @Override
    public String describe() {
        return "simd, " + LANES + " lanes";
    }

    private static void fourDots(float[] query, MemorySegment floats, int row, float[] into, int at, float[] lanes) {
        long stride = (long) query.length * Float.BYTES;
        long first = row * stride;
        int whole = SPECIES.loopBound(query.length);
        FloatVector sum0 = FloatVector.zero(SPECIES);
        FloatVector sum1 = sum0;
        FloatVector sum2 = sum0;
        FloatVector sum3 = sum0;
        for (int i = 0; i < whole; i += LANES) {
            FloatVector q = FloatVector.fromArray(SPECIES, query, i);
            long offset = first + (long) i * Float.BYTES;
            sum0 = q.fma(load(floats, offset), sum0);
            sum1 = q.fma(load(floats, offset + stride), sum1);
            sum2 = q.fma(load(floats, offset + 2 * stride), sum2);
            sum3 = q.fma(load(floats, offset + 3 * stride), sum3);
        }
        into[at] = total(sum0, lanes) + restOfDot(query, floats, first, whole);
        into[at + 1] = total(sum1, lanes) + restOfDot(query, floats, first + stride, whole);
        into[at + 2] = total(sum2, lanes) + restOfDot(query, floats, first + 2 * stride, whole);
        into[at + 3] = total(sum3, lanes) + restOfDot(query, floats, first + 3 * stride, whole);
    }

    private static float dot(float[] query, MemorySegment floats, int row, float[] lanes) {
        long first = (long) row * query.length * Float.BYTES;
        int whole = SPECIES.loopBound(query.length);
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int i = 0; i < whole; i += LANES) {
            sum = FloatVector.fromArray(SPECIES, query, i).fma(load(floats, first + (long) i * Float.BYTES), sum);
        }
        return total(sum, lanes) + restOfDot(query, floats, first, whole);
    }

    private static float restOfDot(float[] query, MemorySegment floats, long first, int whole) {
        float sum = 0;
        for (int i = whole; i < query.length; i++) {
            sum += query[i] * floats.get(JAVA_FLOAT_UNALIGNED, first + (long) i * Float.BYTES);
        }
        return sum;
    }

    private static float squaredDistance(float[] query, MemorySegment floats, int row, float[] lanes) {
        long first = (long) row * query.length * Float.BYTES;
        int whole = SPECIES.loopBound(query.length);
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector difference =
                    FloatVector.fromArray(SPECIES, query, i).sub(load(floats, first + (long) i * Float.BYTES));
            sum = difference.fma(difference, sum);
        }
        float rest = 0;
        for (int i = whole; i < query.length; i++) {
            float difference = query[i] - floats.get(JAVA_FLOAT_UNALIGNED, first + (long) i * Float.BYTES);
            rest += difference * difference;
        }
        return total(sum, lanes) + rest;
    }

    private static FloatVector load(MemorySegment floats, long offset) {
        return FloatVector.fromMemorySegment(SPECIES, floats, offset, LITTLE_ENDIAN);
    }

    private static float total(FloatVector sum, float[] lanes) {
        sum.intoArray(lanes, 0);
        float total = 0;
        for (float lane : lanes) {
            total += lane;
        }
        return total;
    }
}
