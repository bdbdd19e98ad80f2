package dev.funnel.bundle.signature;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys in files: blocks of base64 between lines that name them (RFC 7468), as {@code openssl genpkey -algorithm ed25519} writes them. */
final class Pem {
    static final String PRIVATE = "PRIVATE KEY";
    static final String PUBLIC = "PUBLIC KEY";

    private static final int MAX_BYTES = 16 << 10;
    private static final int LINE_CHARACTERS = 64;

    private Pem() {}

    /** The bytes of the block {@code label} in {@code file}; refused naming the file if it is large or has no such block. */
    static byte[] read(Path file, String label) throws IOException {
        String text;
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException(file + ": has more than " + MAX_BYTES + " bytes, too many for a key");
            }
            text = new String(bytes, StandardCharsets.US_ASCII);
        }
        Pattern block = Pattern.compile("-----BEGIN " + label + "-----([A-Za-z0-9+/=\\s]*)-----END " + label + "-----");
        Matcher found = block.matcher(text);
        if (!found.find()) {
            throw new IOException(file + ": has no block \"" + label + "\"");
        }
        try {
            return Base64.getMimeDecoder().decode(found.group(1));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": the block \"" + label + "\" is not base64", e);
        }
    }

    static String block(String label, byte[] bytes) {
        Base64.Encoder encoder = Base64.getMimeEncoder(LINE_CHARACTERS, new byte[] {'\n'});
        return "-----BEGIN " + label + "-----\n" + encoder.encodeToString(bytes) + "\n-----END " + label + "-----\n";
    }
}
