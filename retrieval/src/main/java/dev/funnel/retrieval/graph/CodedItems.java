package dev.funnel.retrieval.graph;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.retrieval.LengthOrder;
import dev.funnel.retrieval.RowQuantizer;
import dev.funnel.retrieval.Similarity;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The nodes of a graph: all items, the longest first, so that the few that most paths lead through lie together; each in eight-bit
 * codes, a quarter of the floats' bytes, since a search waits for memory above all.
 *
 * @param similarity what is compared
 * @param dimensions of the items' vectors
 * @param order the item of each node
 * @param scales what the codes of each node are to be multiplied by
 * @param lengths of the scaled vector of each node
 * @param codes {@link #stride} signed bytes per node, zeros beyond the dimensions
 */
record CodedItems(
        Similarity similarity, int dimensions, int[] order, float[] scales, float[] lengths, MemorySegment codes) {

    private static final int ALIGNMENT = 8;

    static CodedItems of(FloatMatrix items, Similarity similarity) {
        RowQuantizer quantizer = new RowQuantizer(items, similarity);
        int[] order = LengthOrder.of(quantizer.lengths());
        float[] scales = new float[order.length];
        float[] lengths = new float[order.length];
        int stride = stride(items.columns());
        MemorySegment codes = Arena.ofAuto().allocate((long) order.length * stride, 64);
        for (int node = 0; node < order.length; node++) {
            quantizer.quantize(order[node]);
            scales[node] = quantizer.scale();
            lengths[node] = quantizer.length();
            MemorySegment.copy(quantizer.codes(), 0, codes, JAVA_BYTE, (long) node * stride, items.columns());
        }
        return new CodedItems(similarity, items.columns(), order, scales, lengths, codes);
    }

    /** Bytes from one row of codes to the next. */
    static int stride(int dimensions) {
        return Math.ceilDiv(dimensions, ALIGNMENT) * ALIGNMENT;
    }

    int size() {
        return order.length;
    }

    int stride() {
        return stride(dimensions);
    }

    /** Copies a node's codes. */
    void copyCodes(int node, int[] into) {
        long at = (long) node * stride();
        for (int j = 0; j < into.length; j++) {
            into[j] = codes.get(JAVA_BYTE, at + j);
        }
    }

    /** Whether a node's item has these codes, scale and length among the vectors. */
    boolean agreesWith(FloatMatrix vectors, int node) {
        RowQuantizer quantizer = new RowQuantizer(vectors, similarity);
        quantizer.quantize(order[node]);
        byte[] expected = quantizer.codes();
        long at = (long) node * stride();
        for (int j = 0; j < expected.length; j++) {
            if (codes.get(JAVA_BYTE, at + j) != expected[j]) {
                return false;
            }
        }
        return scales[node] == quantizer.scale() && lengths[node] == quantizer.length();
    }
}
