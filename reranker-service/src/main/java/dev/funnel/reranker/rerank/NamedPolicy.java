package dev.funnel.reranker.rerank;

import dev.funnel.reranker.rule.Policy;
import dev.funnel.runtime.config.ConfigurationFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A policy and what it is known by.
 *
 * @param name its name in the configuration
 * @param hash SHA-256, in hex, of its content with every default spelled out; the name is no part of it
 */
public record NamedPolicy(String name, String hash, Policy policy) {
    static NamedPolicy of(String name, Policy policy) {
        return new NamedPolicy(name, sha256(ConfigurationFile.describe(policy)), policy);
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
