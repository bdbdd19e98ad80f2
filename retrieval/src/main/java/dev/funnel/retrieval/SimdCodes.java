package dev.funnel.retrieval;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Inner products of eight-bit codes in lanes: whole numbers, so that their order does not matter. */
final class SimdCodes {

    private static final boolean WIDE = ShortVector.SPECIES_PREFERRED.vectorBitSize() >= 256;
    private static final VectorSpecies<Short> SHORTS = WIDE ? ShortVector.SPECIES_256 : ShortVector.SPECIES_128;
    private static final VectorSpecies<Byte> BYTES = WIDE ? ByteVector.SPECIES_128 : ByteVector.SPECIES_64;
    private static final VectorSpecies<Integer> INTS = WIDE ? IntVector.SPECIES_256 : IntVector.SPECIES_128;
    private static final VectorSpecies<Byte> EIGHT = ByteVector.SPECIES_64;
    private static final int BLOCK = VectorArithmetic.BLOCK;

    /** {@link VectorArithmetic#codeDots}, four rows at a time. */
    void dots(int[] query, MemorySegment codes, int[] named, int count, int[] into) {
        long stride = query.length;
        int i = 0;
        for (; i + 4 <= count; i += 4) {
            fourDots(
                    query,
                    codes,
                    named[i] * stride,
                    named[i + 1] * stride,
                    named[i + 2] * stride,
                    named[i + 3] * stride,
                    into,
                    i);
        }
        for (; i < count; i++) {
            into[i] = dot(query, codes, named[i] * stride);
        }
    }

    /**
     * {@link VectorArithmetic#blockDots}: items in lanes, so that nothing is added across lanes. Two products fit sixteen bits (2 x
     * 127^2 = 32,258) before they are widened.
     */
    void blockDots(short[] query, MemorySegment codes, int from, int to, int[] into) {
        for (int block = from; block < to; block++) {
            for (int part = 0; part < BLOCK; part += SHORTS.length()) {
                long first = (long) block * query.length + part;
                IntVector low = IntVector.zero(INTS);
                IntVector high = low;
                for (int j = 0; j < query.length; j += 2 * BLOCK) {
                    IntVector pair = product(query, j, codes, first + j)
                            .add(product(query, j + BLOCK, codes, first + j + BLOCK))
                            .reinterpretAsInts();
                    high = high.add(pair.lanewise(VectorOperators.ASHR, Short.SIZE));
                    low = low.add(
                            pair.lanewise(VectorOperators.LSHL, Short.SIZE).lanewise(VectorOperators.ASHR, Short.SIZE));
                }
                int at = (block - from) * BLOCK + part / 2;
                low.intoArray(into, at);
                high.intoArray(into, at + BLOCK / 2);
            }
        }
    }

    private static ShortVector product(short[] query, int at, MemorySegment codes, long offset) {
        ShortVector values = (ShortVector) ByteVector.fromMemorySegment(BYTES, codes, offset, LITTLE_ENDIAN)
                .convertShape(VectorOperators.B2S, SHORTS, 0);
        return values.mul(ShortVector.fromArray(SHORTS, query, at));
    }

    private static void fourDots(
            int[] query, MemorySegment codes, long row0, long row1, long row2, long row3, int[] into, int at) {
        IntVector sum0 = IntVector.zero(INTS);
        IntVector sum1 = sum0;
        IntVector sum2 = sum0;
        IntVector sum3 = sum0;
        for (int i = 0; i < query.length; i += EIGHT.length()) {
            IntVector q = IntVector.fromArray(INTS, query, i);
            sum0 = sum0.add(load(codes, row0 + i, 0).mul(q));
            sum1 = sum1.add(load(codes, row1 + i, 0).mul(q));
            sum2 = sum2.add(load(codes, row2 + i, 0).mul(q));
            sum3 = sum3.add(load(codes, row3 + i, 0).mul(q));
            if (!WIDE) {
                IntVector more = IntVector.fromArray(INTS, query, i + INTS.length());
                sum0 = sum0.add(load(codes, row0 + i, 1).mul(more));
                sum1 = sum1.add(load(codes, row1 + i, 1).mul(more));
                sum2 = sum2.add(load(codes, row2 + i, 1).mul(more));
                sum3 = sum3.add(load(codes, row3 + i, 1).mul(more));
            }
        }
        into[at] = sum0.reduceLanes(VectorOperators.ADD);
        into[at + 1] = sum1.reduceLanes(VectorOperators.ADD);
        into[at + 2] = sum2.reduceLanes(VectorOperators.ADD);
        into[at + 3] = sum3.reduceLanes(VectorOperators.ADD);
    }

    private static int dot(int[] query, MemorySegment codes, long row) {
        IntVector sum = IntVector.zero(INTS);
        for (int i = 0; i < query.length; i += EIGHT.length()) {
            sum = sum.add(load(codes, row + i, 0).mul(IntVector.fromArray(INTS, query, i)));
            if (!WIDE) {
                sum = sum.add(load(codes, row + i, 1).mul(IntVector.fromArray(INTS, query, i + INTS.length())));
            }
        }
        return sum.reduceLanes(VectorOperators.ADD);
    }

    /** Eight codes, or half of them, widened. */
    private static IntVector load(MemorySegment codes, long offset, int part) {
        return (IntVector) ByteVector.fromMemorySegment(EIGHT, codes, offset, LITTLE_ENDIAN)
                .convertShape(VectorOperators.B2I, INTS, part);
    }
}
