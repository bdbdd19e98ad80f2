package dev.funnel.bundle;

import java.util.Optional;

/** The element types a tensor of a bundle may have, named as in safetensors; all little-endian. */
public enum DType {
    /** IEEE 754 binary32; finite. */
    F32(4),
    /** Signed 32-bit integer. */
    I32(4),
    /** Signed 64-bit integer. */
    I64(8),
    /** Unsigned byte. */
    U8(1);

    private final int bytes;

    DType(int bytes) {
        this.bytes = bytes;
    }

    /** Size of one element in bytes. */
    public int bytes() {
        return bytes;
    }

    static Optional<DType> named(String name) {
        for (DType type : values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
