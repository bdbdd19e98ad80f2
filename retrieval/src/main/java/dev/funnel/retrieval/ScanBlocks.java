package dev.funnel.retrieval;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.funnel.bundle.FloatMatrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * All items in eight-bit codes, the longest first, in the blocks that {@link VectorArithmetic#blockDots} reads: what an exact
 * scan looks at before it looks at the item matrix, a quarter of its bytes. Outside the Java heap.
 */
final class ScanBlocks {

    private final int[] order;
    private final float[] scales;
    private final float[] errors;
    private final float[] lengths;
    private final MemorySegment codes;
    private final VectorArithmetic arithmetic;

    /** @param memory where the codes lie, and what they are freed with */
    ScanBlocks(FloatMatrix items, Similarity similarity, VectorArithmetic arithmetic, Arena memory) {
        RowQuantizer quantizer = new RowQuantizer(items, similarity);
        this.order = LengthOrder.of(quantizer.lengths());
        int padded = Math.ceilDiv(items.rows(), VectorArithmetic.BLOCK) * VectorArithmetic.BLOCK;
        this.scales = new float[padded];
        this.errors = new float[padded];
        this.lengths = new float[padded];
        long stride = Math.ceilDiv(items.columns(), 2) * 2L;
        this.codes = memory.allocate(padded * stride, 64);
        this.arithmetic = arithmetic;
        for (int rank = 0; rank < order.length; rank++) {
            quantizer.quantize(order[rank]);
            place(rank, quantizer, stride);
        }
    }

    /** The item at a rank. */
    int item(int rank) {
        return order[rank];
    }

    /** Writes an upper bound of the score of each of the ranks {@code from}, which begins a block, to {@code to - 1}. */
    void bounds(CodedQuery query, int from, int to, int[] dots, float[] into) {
        int block = VectorArithmetic.BLOCK;
        arithmetic.blockDots(query.spread(), codes, from / block, Math.ceilDiv(to, block), dots);
        query.bounds(dots, scales, errors, lengths, from, to - from, into);
    }

    /** A lower bound of the score at a rank, given its upper bound. */
    float lower(CodedQuery query, int rank, float upper) {
        return upper - query.width(errors[rank], lengths[rank]);
    }

    /** An upper bound of the score of any of the ranks {@code from} to {@code to - 1}. */
    double bound(CodedQuery query, int from, int to) {
        return query.bound(lengths[to - 1], lengths[from]);
    }

    private void place(int rank, RowQuantizer quantizer, long stride) {
        scales[rank] = quantizer.scale();
        errors[rank] = quantizer.error();
        lengths[rank] = quantizer.length();
        byte[] row = quantizer.codes();
        int block = VectorArithmetic.BLOCK;
        long at = rank / block * stride * block + VectorArithmetic.placeInBlock(rank % block);
        for (int j = 0; j < row.length; j++) {
            codes.set(JAVA_BYTE, at + (long) j * block, row[j]);
        }
    }

    /** Bytes it takes. */
    long bytes() {
        return codes.byteSize() + (order.length + 3L * scales.length) * Float.BYTES;
    }
}
