package dev.funnel.bundle;

import java.nio.charset.StandardCharsets;

/** The rule that item and user ids share: 1 to 128 bytes of UTF-8. */
final class ExternalIds {
    static final int MAX_BYTES = 128;

    private ExternalIds() {}

    static String check(String what, String value) {
        int bytes = value.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes > MAX_BYTES) {
            throw new IllegalArgumentException(what + " must have 1 to " + MAX_BYTES + " bytes, has " + bytes);
        }
        return value;
    }
}
