package dev.funnel.ranking.grpc;

import com.google.protobuf.ByteString;
import dev.funnel.bundle.schema.BlockType;
import dev.funnel.inference.feature.FeatureBlocks;
import dev.funnel.proto.inference.InferTensorContents;
import dev.funnel.runtime.error.CallerError;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The elements of a tensor that a caller sent, checked.
 *
 * @param values row-major, native order
 * @param rowBytes bytes of one row
 */
record InputTensor(MemorySegment values, long rowBytes) {
    /**
     * Reads elements given as bytes.
     *
     * @throws CallerError for another number of bytes than the shape says, and for a number that is not finite
     */
    static InputTensor ofRaw(String field, ByteString raw, BlockType type, int rows, int width) {
        long bytes = (long) rows * width * type.bytes();
        if (raw.size() != bytes) {
            throw new CallerError(
                    field, raw.size() + " bytes", "must be " + bytes + " bytes: " + shown(type, rows, width));
        }
        return switch (type) {
            case FLOAT32 -> {
                float[] values = new float[rows * width];
                raw.asReadOnlyByteBuffer()
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer()
                        .get(values);
                yield ofFloats(field, values, width);
            }
            case INT64 -> {
                long[] values = new long[rows * width];
                raw.asReadOnlyByteBuffer()
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asLongBuffer()
                        .get(values);
                yield new InputTensor(MemorySegment.ofArray(values), (long) width * Long.BYTES);
            }
        };
    }

    /**
     * Reads elements given in the field of their type.
     *
     * @throws CallerError for another number of elements than the shape says, and for a number that is not finite
     */
    static InputTensor ofContents(String field, InferTensorContents contents, BlockType type, int rows, int width) {
        return switch (type) {
            case FLOAT32 -> {
                String path = field + ".fp32_contents";
                requireCount(path, contents.getFp32ContentsCount(), type, rows, width);
                float[] values = new float[rows * width];
                List<Float> given = contents.getFp32ContentsList();
                for (int i = 0; i < values.length; i++) {
                    values[i] = given.get(i);
                }
                yield ofFloats(path, values, width);
            }
            case INT64 -> {
                requireCount(field + ".int64_contents", contents.getInt64ContentsCount(), type, rows, width);
                long[] values = contents.getInt64ContentsList().stream()
                        .mapToLong(Long::longValue)
                        .toArray();
                yield new InputTensor(MemorySegment.ofArray(values), (long) width * Long.BYTES);
            }
        };
    }

    private static void requireCount(String field, int count, BlockType type, int rows, int width) {
        if (count != (long) rows * width) {
            throw new CallerError(
                    field,
                    count + " elements",
                    "must be " + (long) rows * width + " elements: " + shown(type, rows, width));
        }
    }

    private static InputTensor ofFloats(String field, float[] values, int width) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new CallerError(field + "[" + i + "]", values[i], "must be finite");
            }
        }
        return new InputTensor(MemorySegment.ofArray(values), (long) width * Float.BYTES);
    }

    private static String shown(BlockType type, int rows, int width) {
        return TensorForm.datatype(type) + " [" + rows + ", " + width + "]";
    }

    /** Copies rows {@code from} to {@code to} to the first rows of a block; the only row if the block has no more. */
    void copyTo(FeatureBlocks blocks, int block, int from, int to) {
        long first = blocks.oneRow(block) ? 0 : from * rowBytes;
        long bytes = blocks.oneRow(block) ? rowBytes : (to - from) * rowBytes;
        MemorySegment.copy(values, first, blocks.values(block), 0, bytes);
    }
}
