package dev.funnel.gateway.pipeline;

import dev.funnel.runtime.config.ConfigurationFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256, in hex, of a piece of configuration with every default spelled out. */
final class ContentHash {
    private ContentHash() {}

    static String of(Record configuration) {
        try {
            byte[] content = ConfigurationFile.describe(configuration).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
