package dev.funnel.inference.feature;

import java.nio.charset.StandardCharsets;

/**
 * The 64-bit keys of hashed tables and of crosses, see {@link dev.funnel.bundle.schema.VectorTable.Keys#HASH} and {@link
 * dev.funnel.bundle.schema.CrossFeature}: FNV-1a (Fowler, Noll, Vo; RFC 9923), because any language has it in four lines.
 */
final class TextHash {
    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;
    private static final int ROTATION = 23;

    private TextHash() {}

    /** FNV-1a of the text's UTF-8 bytes. */
    static long of(String text) {
        long hash = BASIS;
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (octet & 0xff)) * PRIME;
        }
        return hash;
    }

    /** The key of a cross whose values so far have the key {@code crossed}, and whose next value has {@code next}. */
    static long cross(long crossed, long next) {
        return (Long.rotateLeft(crossed, ROTATION) ^ next) * PRIME;
    }
}
