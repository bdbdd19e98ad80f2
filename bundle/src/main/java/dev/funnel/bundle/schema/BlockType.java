package dev.funnel.bundle.schema;

/** What the values of a block are. */
public enum BlockType {
    /** Numbers and embedded rows. */
    FLOAT32(Float.BYTES),
    /** Row numbers that the network looks up itself. */
    INT64(Long.BYTES);

    private final int bytes;

    BlockType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one value. */
    public int bytes() {
        return bytes;
    }
}
