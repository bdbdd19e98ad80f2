package dev.funnel.runtime.grpc;

import dev.funnel.runtime.config.InvalidConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The API keys a process knows and the clients they stand for. The file has one {@code <key> <client id>} per line; blank lines
 * and lines that start with {@code #} are skipped. Keys have at least {@value #MIN_KEY_CHARACTERS} characters. Only digests are
 * kept, so looking a key up takes as long for a near miss as for nonsense.
 */
public final class ApiKeys {
    static final int MIN_KEY_CHARACTERS = 16;
    static final int MAX_KEYS = 10_000;

    private final Map<String, String> clientByDigest;

    private ApiKeys(Map<String, String> clientByDigest) {
        this.clientByDigest = Map.copyOf(clientByDigest);
    }

    /** Of nobody. */
    static ApiKeys none() {
        return new ApiKeys(Map.of());
    }

    /** @throws InvalidConfiguration naming the file and the line, never the key */
    public static ApiKeys read(Path file) {
        try {
            return parse(file.toString(), Files.readAllLines(file));
        } catch (IOException e) {
            throw new InvalidConfiguration("server.api_keys: " + file + " cannot be read: " + e);
        }
    }

    static ApiKeys parse(String name, List<String> lines) {
        Map<String, String> clients = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                add(clients, line, name + ":" + (i + 1));
            }
        }
        return new ApiKeys(clients);
    }

    /** The client that a key stands for. */
    public Optional<String> client(String key) {
        return Optional.ofNullable(clientByDigest.get(digest(key)));
    }

    /** All clients that a key stands for. */
    public Set<String> clients() {
        return Set.copyOf(clientByDigest.values());
    }

    private static void add(Map<String, String> clients, String line, String origin) {
        String[] parts = line.split("\\s+");
        if (parts.length != 2) {
            throw new InvalidConfiguration(origin + ": must be a key and a client id, with a blank between");
        } else if (parts[0].length() < MIN_KEY_CHARACTERS) {
            throw new InvalidConfiguration(origin + ": a key must have at least " + MIN_KEY_CHARACTERS + " characters");
        } else if (clients.size() == MAX_KEYS) {
            throw new InvalidConfiguration(origin + ": more than " + MAX_KEYS + " keys");
        } else if (clients.put(digest(parts[0]), parts[1]) != null) {
            throw new InvalidConfiguration(origin + ": the key stands twice");
        }
    }

    private static String digest(String key) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
