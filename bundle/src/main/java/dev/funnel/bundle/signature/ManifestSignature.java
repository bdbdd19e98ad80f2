package dev.funnel.bundle.signature;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One line of {@code manifest.json.sig}: {@code ed25519 <key id> <signature in base64>}. A file may hold several, so that keys can
 * be changed while services that know only the old one, or only the new one, are running.
 *
 * @param key whose it is
 * @param bytes the 64 bytes of the signature
 */
public record ManifestSignature(KeyId key, byte[] bytes) {
    /** Name of the file beside {@code manifest.json}. */
    public static final String FILE = "manifest.json.sig";

    /** Most signatures that one file may hold. */
    public static final int MOST = 16;

    /** Largest file: {@value #MOST} lines with room to spare. */
    public static final int MAX_BYTES = 4 << 10;

    private static final Pattern LINE = Pattern.compile("ed25519 (" + KeyId.SHAPE + ") ([A-Za-z0-9+/]{86}==)");

    /** The lines of a file, as they were added; refused with {@link IllegalArgumentException} if they are not signatures, or too many. */
    public static List<ManifestSignature> parse(byte[] file) {
        List<ManifestSignature> signatures = new ArrayList<>();
        for (String line : new String(file, StandardCharsets.US_ASCII).lines().toList()) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches() || signatures.size() == MOST) {
                throw new IllegalArgumentException("line " + (signatures.size() + 1) + " is not one of at most " + MOST
                        + " lines \"ed25519 <key id> <base64>\"");
            }
            signatures.add(new ManifestSignature(
                    new KeyId(parts.group(1)), Base64.getDecoder().decode(parts.group(2))));
        }
        return signatures;
    }

    /** The file that holds {@code signatures}. */
    public static byte[] file(List<ManifestSignature> signatures) {
        return signatures.stream()
                .map(ManifestSignature::line)
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.US_ASCII);
    }

    private String line() {
        return "ed25519 " + key + " " + Base64.getEncoder().encodeToString(bytes) + "\n";
    }
}
