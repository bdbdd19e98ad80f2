package dev.funnel.gateway.page;

import dev.funnel.bundle.BundleVersion;
import dev.funnel.runtime.error.CallerError;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Page tokens are positions sealed with HMAC-SHA256 (RFC 2104), so that a caller can carry one but not make or change one:
 * {@code base64url(body || hmac(body))}, where the body starts with a format number and the instant it expires. Gateways that
 * are to read each other's tokens share a key; without one the key is random and tokens die with the process.
 */
public final class PageTokens {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SIGNATURE_BYTES = 32;
    private static final int MAX_TOKEN_CHARACTERS = 16 * 1024;
    private static final byte FORMAT = 1;
    private static final String FIELD = "page_token";

    private final SecretKeySpec key;
    private final Duration lifetime;
    private final InstantSource clock;

    /**
     * @param key at least 16 bytes
     * @param lifetime how long a token can be used
     */
    public PageTokens(byte[] key, Duration lifetime, InstantSource clock) {
        if (key.length < 16) {
            throw new IllegalArgumentException("a key of " + key.length + " bytes; at least 16");
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /** A key that nobody knows. */
    public static byte[] randomKey() {
        byte[] key = new byte[SIGNATURE_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }

    /** The first 64 bits of the SHA-256 of the texts, each with its length: equal for equal questions only. */
    public static long fingerprint(String... texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String text : texts) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
                digest.update(bytes);
            }
            return ByteBuffer.wrap(digest.digest()).getLong();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public String seal(PagePosition position) {
        byte[] body = body(position, clock.instant().plus(lifetime));
        byte[] token = Arrays.copyOf(body, body.length + SIGNATURE_BYTES);
        System.arraycopy(signature(body), 0, token, body.length, SIGNATURE_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /** Throws {@link CallerError} for a token that no holder of the key made. */
    public OpenedToken open(String token) {
        ByteBuffer body = ByteBuffer.wrap(verified(token));
        try {
            return opened(token, body);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw refused(token);
        }
    }

    private OpenedToken opened(String token, ByteBuffer body) {
        if (body.get() != FORMAT) {
            throw refused(token);
        }
        Instant expires = Instant.ofEpochMilli(body.getLong());
        return clock.instant().isAfter(expires)
                ? new OpenedToken.Expired(expires)
                : new OpenedToken.Valid(position(body));
    }

    private byte[] verified(String token) {
        byte[] bytes = decoded(token);
        if (bytes.length <= SIGNATURE_BYTES) {
            throw refused(token);
        }
        byte[] body = Arrays.copyOf(bytes, bytes.length - SIGNATURE_BYTES);
        byte[] signature = Arrays.copyOfRange(bytes, body.length, bytes.length);
        if (!MessageDigest.isEqual(signature, signature(body))) {
            throw refused(token);
        }
        return body;
    }

    private static byte[] decoded(String token) {
        if (token.length() > MAX_TOKEN_CHARACTERS) {
            throw refused(token);
        }
        try {
            return Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            throw refused(token);
        }
    }

    private static CallerError refused(String token) {
        return new CallerError(FIELD, token, "must be a next_page_token of an earlier answer, unchanged");
    }

    private byte[] signature(byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    private static byte[] body(PagePosition position, Instant expires) {
        byte[] version = position.version().value().getBytes(StandardCharsets.UTF_8);
        byte[] pipeline = position.pipeline().getBytes(StandardCharsets.UTF_8);
        int[] shown = position.shown();
        ByteBuffer body = ByteBuffer.allocate(1
                + 4 * Long.BYTES
                + 3 * Integer.BYTES
                + version.length
                + pipeline.length
                + shown.length * Integer.BYTES);
        body.put(FORMAT).putLong(expires.toEpochMilli());
        body.putInt(version.length).put(version).putInt(pipeline.length).put(pipeline);
        body.putLong(position.question())
                .putLong(position.seed())
                .putLong(position.time().toEpochMilli());
        body.putInt(shown.length).asIntBuffer().put(shown);
        return body.array();
    }

    private static PagePosition position(ByteBuffer body) {
        BundleVersion version = new BundleVersion(text(body));
        String pipeline = text(body);
        long question = body.getLong();
        long seed = body.getLong();
        Instant time = Instant.ofEpochMilli(body.getLong());
        int[] shown = new int[length(body, Integer.BYTES)];
        body.asIntBuffer().get(shown);
        return new PagePosition(version, pipeline, question, seed, time, shown);
    }

    private static String text(ByteBuffer body) {
        byte[] bytes = new byte[length(body, 1)];
        body.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static int length(ByteBuffer body, int elementBytes) {
        int length = body.getInt();
        if (length < 0 || length > body.remaining() / elementBytes) {
            throw new BufferUnderflowException();
        }
        return length;
    }
}
