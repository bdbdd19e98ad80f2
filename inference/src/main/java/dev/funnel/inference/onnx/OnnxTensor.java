package dev.funnel.inference.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A stored tensor: float32 or int64 numbers, or one of another type, of which only the shape is known.
 *
 * @param type element type as ONNX names it
 * @param shape length of each dimension; none for a scalar
 */
public record OnnxTensor(String type, int[] shape, float[] floats, long[] longs) {
    private static final float[] NO_FLOATS = {};
    private static final long[] NO_LONGS = {};

    static OnnxTensor of(TensorProto tensor) throws DamagedModelException {
        String place = "tensor \"" + tensor.getName() + "\"";
        TensorProto.DataType type = TensorProto.DataType.forNumber(tensor.getDataType());
        if (type == null || type == TensorProto.DataType.UNDEFINED) {
            throw new DamagedModelException(place + " has no element type");
        }
        if (tensor.getExternalDataCount() > 0 || tensor.getDataLocation() != TensorProto.DataLocation.DEFAULT) {
            throw new DamagedModelException(place + " lies in another file");
        }
        int[] shape = shape(tensor, place);
        int size = size(shape);
        float[] floats = type == TensorProto.DataType.FLOAT ? floats(tensor, size, place) : NO_FLOATS;
        long[] longs = type == TensorProto.DataType.INT64 ? longs(tensor, size, place) : NO_LONGS;
        return new OnnxTensor(type.name(), shape, floats, longs);
    }

    private static int[] shape(TensorProto tensor, String place) throws DamagedModelException {
        int[] shape = new int[tensor.getDimsCount()];
        long size = 1;
        for (int i = 0; i < shape.length; i++) {
            long length = tensor.getDims(i);
            if (length < 0 || length > Integer.MAX_VALUE || size * length > Integer.MAX_VALUE) {
                throw new DamagedModelException(place + " has shape " + tensor.getDimsList());
            }
            size *= length;
            shape[i] = (int) length;
        }
        return shape;
    }

    private static int size(int[] shape) {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }

    private static float[] floats(TensorProto tensor, int size, String place) throws DamagedModelException {
        float[] values = new float[requireSize(tensor, size, tensor.getFloatDataCount(), Float.BYTES, place)];
        if (tensor.hasRawData()) {
            littleEndian(tensor).asFloatBuffer().get(values);
        } else {
            for (int i = 0; i < size; i++) {
                values[i] = tensor.getFloatData(i);
            }
        }
        for (float value : values) {
            if (Float.isNaN(value)) {
                throw new DamagedModelException(place + " holds a value that is not a number");
            }
        }
        return values;
    }

    private static long[] longs(TensorProto tensor, int size, String place) throws DamagedModelException {
        long[] values = new long[requireSize(tensor, size, tensor.getInt64DataCount(), Long.BYTES, place)];
        if (tensor.hasRawData()) {
            littleEndian(tensor).asLongBuffer().get(values);
        } else {
            Arrays.setAll(values, tensor::getInt64Data);
        }
        return values;
    }

    private static int requireSize(TensorProto tensor, int size, int typed, int bytes, String place)
            throws DamagedModelException {
        long found = tensor.hasRawData() ? tensor.getRawData().size() : (long) typed * bytes;
        if (found != (long) size * bytes) {
            throw new DamagedModelException(
                    place + " has shape " + tensor.getDimsList() + " and " + found + " bytes of numbers");
        }
        return size;
    }

    private static ByteBuffer littleEndian(TensorProto tensor) {
        return tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Whether its numbers are float32. */
    public boolean isFloat() {
        return type.equals(TensorProto.DataType.FLOAT.name());
    }
}
