package dev.funnel.retrieval;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.funnel.bundle.FloatMatrix;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link VectorArithmetic} in the lanes of the Vector API: four rows at a time, so that four sums are in flight and the query
 * is read once for all of them.
 *
 * <p>On machines of 256 bits or more one vector holds the eight running sums of a row, on those of 128 bits two do. Lanes are
 * added up by rotations and not with {@code reduceLanes}, whose order is unspecified: compiled and interpreted code would give
 * different bits.
 */
final class SimdArithmetic implements VectorArithmetic {

    private static final VectorSpecies<Float> SPECIES =
            FloatVector.SPECIES_PREFERRED.length() >= LANES ? FloatVector.SPECIES_256 : FloatVector.SPECIES_128;
    private static final int STEP = SPECIES.length();
    private static final boolean TWO = STEP < LANES;
    private static final VectorShuffle<Float> BY_FOUR = rotation(4);
    private static final VectorShuffle<Float> BY_TWO = rotation(2);
    private static final VectorShuffle<Float> BY_ONE = rotation(1);

    private final SimdCodes codes = new SimdCodes();
    private final SimdRows added = new SimdRows();

    @Override
    public void dots(float[] query, FloatMatrix rows, int from, int to, float[] into) {
        MemorySegment floats = rows.segment();
        long stride = (long) query.length * Float.BYTES;
        int row = from;
        for (; row + 4 <= to; row += 4) {
            long first = row * stride;
            fourDots(query, floats, first, first + stride, first + 2 * stride, first + 3 * stride, into, row - from);
        }
        for (; row < to; row++) {
            into[row - from] = dot(query, floats, row * stride);
        }
    }

    @Override
    public void dots(float[] query, FloatMatrix rows, int[] named, int count, float[] into) {
        MemorySegment floats = rows.segment();
        long stride = (long) query.length * Float.BYTES;
        int i = 0;
        for (; i + 4 <= count; i += 4) {
            fourDots(
                    query,
                    floats,
                    named[i] * stride,
                    named[i + 1] * stride,
                    named[i + 2] * stride,
                    named[i + 3] * stride,
                    into,
                    i);
        }
        for (; i < count; i++) {
            into[i] = dot(query, floats, named[i] * stride);
        }
    }

    @Override
    public void squaredDistances(float[] query, FloatMatrix rows, int from, int to, float[] into) {
        long stride = (long) query.length * Float.BYTES;
        for (int row = from; row < to; row++) {
            into[row - from] = squaredDistance(query, rows.segment(), row * stride);
        }
    }

    @Override
    public void squaredDistances(float[] query, FloatMatrix rows, int[] named, int count, float[] into) {
        long stride = (long) query.length * Float.BYTES;
        for (int i = 0; i < count; i++) {
            into[i] = squaredDistance(query, rows.segment(), named[i] * stride);
        }
    }

    @Override
    public float squaredDistance(float[] one, float[] other) {
        return squaredDistance(one, MemorySegment.ofArray(other), 0);
    }

    @Override
    public void codeDots(int[] query, MemorySegment bytes, int[] named, int count, int[] into) {
        codes.dots(query, bytes, named, count, into);
    }

    @Override
    public void blockDots(short[] query, MemorySegment bytes, int from, int to, int[] into) {
        codes.blockDots(query, bytes, from, to, into);
    }

    @Override
    public void addRows(float[] into, int from, float[][] source, int first, float[] factors) {
        added.add(into, from, source, first, factors);
    }

    @Override
    public String describe() {
        return "simd, " + SPECIES.vectorBitSize() + " bits";
    }

    /** The inner products with the rows at four offsets, to {@code into[at..at + 3]}. */
    private static void fourDots(
            float[] query, MemorySegment floats, long row0, long row1, long row2, long row3, float[] into, int at) {
        int whole = query.length & -LANES;
        FloatVector sum0 = FloatVector.zero(SPECIES);
        FloatVector sum1 = sum0;
        FloatVector sum2 = sum0;
        FloatVector sum3 = sum0;
        for (int i = 0; i < whole; i += LANES) {
            FloatVector q = FloatVector.fromArray(SPECIES, query, i);
            long offset = (long) i * Float.BYTES;
            sum0 = q.fma(load(floats, row0 + offset), sum0);
            sum1 = q.fma(load(floats, row1 + offset), sum1);
            sum2 = q.fma(load(floats, row2 + offset), sum2);
            sum3 = q.fma(load(floats, row3 + offset), sum3);
        }
        if (TWO) {
            sum0 = sum0.add(dots(query, floats, row0, whole, STEP));
            sum1 = sum1.add(dots(query, floats, row1, whole, STEP));
            sum2 = sum2.add(dots(query, floats, row2, whole, STEP));
            sum3 = sum3.add(dots(query, floats, row3, whole, STEP));
        }
        into[at] = total(sum0) + restOfDot(query, floats, row0, whole);
        into[at + 1] = total(sum1) + restOfDot(query, floats, row1, whole);
        into[at + 2] = total(sum2) + restOfDot(query, floats, row2, whole);
        into[at + 3] = total(sum3) + restOfDot(query, floats, row3, whole);
    }

    private static float dot(float[] query, MemorySegment floats, long row) {
        int whole = query.length & -LANES;
        FloatVector sum = dots(query, floats, row, whole, 0);
        if (TWO) {
            sum = sum.add(dots(query, floats, row, whole, STEP));
        }
        return total(sum) + restOfDot(query, floats, row, whole);
    }

    /** The running sums from {@code part} on, as many as a vector holds. */
    private static FloatVector dots(float[] query, MemorySegment floats, long row, int whole, int part) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int i = part; i < whole; i += LANES) {
            sum = FloatVector.fromArray(SPECIES, query, i).fma(load(floats, row + (long) i * Float.BYTES), sum);
        }
        return sum;
    }

    private static float restOfDot(float[] query, MemorySegment floats, long row, int whole) {
        float rest = 0;
        for (int i = whole; i < query.length; i++) {
            rest = Math.fma(query[i], floats.get(JAVA_FLOAT_UNALIGNED, row + (long) i * Float.BYTES), rest);
        }
        return rest;
    }

    private static float squaredDistance(float[] query, MemorySegment floats, long row) {
        int whole = query.length & -LANES;
        FloatVector sum = squares(query, floats, row, whole, 0);
        if (TWO) {
            sum = sum.add(squares(query, floats, row, whole, STEP));
        }
        float rest = 0;
        for (int i = whole; i < query.length; i++) {
            float difference = query[i] - floats.get(JAVA_FLOAT_UNALIGNED, row + (long) i * Float.BYTES);
            rest = Math.fma(difference, difference, rest);
        }
        return total(sum) + rest;
    }

    private static FloatVector squares(float[] query, MemorySegment floats, long row, int whole, int part) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int i = part; i < whole; i += LANES) {
            FloatVector difference =
                    FloatVector.fromArray(SPECIES, query, i).sub(load(floats, row + (long) i * Float.BYTES));
            sum = difference.fma(difference, sum);
        }
        return sum;
    }

    private static FloatVector load(MemorySegment floats, long offset) {
        return FloatVector.fromMemorySegment(SPECIES, floats, offset, LITTLE_ENDIAN);
    }

    private static float total(FloatVector sum) {
        FloatVector halves = TWO ? sum : sum.add(sum.rearrange(BY_FOUR));
        FloatVector quarters = halves.add(halves.rearrange(BY_TWO));
        return quarters.add(quarters.rearrange(BY_ONE)).lane(0);
    }

    private static VectorShuffle<Float> rotation(int lanes) {
        return VectorShuffle.fromOp(SPECIES, lane -> (lane + lanes) % SPECIES.length());
    }
}
