package dev.funnel.bundle.signature;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The name of a key: the first 16 hex digits of the SHA-256 of the public key as X.509 encodes it. It says which key to try; it
 * proves nothing by itself.
 */
public record KeyId(String value) {
    static final String SHAPE = "[0-9a-f]{16}";

    private static final Pattern VALID = Pattern.compile(SHAPE);
    private static final int BYTES = 8;

    /** Refuses a text that is not a key id. */
    public KeyId {
        if (!VALID.matcher(value).matches()) {
            throw new IllegalArgumentException("a key id is 16 lower-case hex digits, not " + value);
        }
    }

    static KeyId of(PublicKey key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            return new KeyId(HexFormat.of().formatHex(hash, 0, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
