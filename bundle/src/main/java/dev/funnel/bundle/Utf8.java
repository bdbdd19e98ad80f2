package dev.funnel.bundle;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/** The check that bytes are UTF-8: pure ASCII is passed eight bytes at a time, the rest is decoded strictly. */
final class Utf8 {
    private static final long NOT_ASCII = 0x8080808080808080L;

    private Utf8() {}

    /** The first string that is not valid UTF-8, or -1. */
    static int firstInvalid(MemorySegment bytes, LongVector offsets) {
        if (isAscii(bytes, 0, bytes.byteSize())) {
            return -1;
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        for (int i = 0; i < offsets.size() - 1; i++) {
            if (!isValid(bytes, offsets.get(i), offsets.get(i + 1L), decoder)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isValid(MemorySegment bytes, long start, long end, CharsetDecoder decoder) {
        return isAscii(bytes, start, end)
                || decodes(bytes.asSlice(start, end - start).asByteBuffer(), decoder);
    }

    private static boolean decodes(ByteBuffer bytes, CharsetDecoder decoder) {
        try {
            decoder.decode(bytes);
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static boolean isAscii(MemorySegment bytes, long start, long end) {
        long seen = 0;
        long at = start;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            seen |= bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, at);
        }
        for (; at < end; at++) {
            seen |= bytes.get(ValueLayout.JAVA_BYTE, at) & 0x80;
        }
        return (seen & NOT_ASCII) == 0;
    }
}
