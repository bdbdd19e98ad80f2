package dev.funnel.bundle;

import java.util.List;

/**
 * What a tensor is, without its values: name (1 to 128 bytes), element type, and shape of at most 8 dimensions, row-major. An empty shape is
 * a scalar.
 */
public record TensorSpec(String name, DType dtype, List<Long> shape) {
    private static final int MAX_RANK = 8;

    /** Refuses an unusable name, a negative dimension, and a size beyond 2^63 bytes. */
    public TensorSpec {
        shape = Bounds.list("shape of tensor " + name, shape);
        ExternalIds.check("tensor name", Bounds.present("tensor name", name));
        Bounds.present("dtype of tensor " + name, dtype);
        if (shape.size() > MAX_RANK) {
            throw new IllegalArgumentException(
                    "tensor " + name + " has " + shape.size() + " dimensions, at most 8 allowed");
        }
        sizeInBytes(name, dtype, shape);
    }

    /** Number of elements. */
    public long elements() {
        return bytes() / dtype.bytes();
    }

    /** Size of the values in bytes. */
    public long bytes() {
        return sizeInBytes(name, dtype, shape);
    }

    private static long sizeInBytes(String name, DType dtype, List<Long> shape) {
        long size = dtype.bytes();
        for (long dimension : shape) {
            if (dimension < 0) {
                throw new IllegalArgumentException("tensor " + name + " has a negative dimension: " + shape);
            }
            size = dimension == 0 ? 0 : times(name, size, dimension, shape);
        }
        return size;
    }

    private static long times(String name, long size, long dimension, List<Long> shape) {
        try {
            return Math.multiplyExact(size, dimension);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("tensor " + name + " is larger than 2^63 bytes: " + shape, e);
        }
    }
}
