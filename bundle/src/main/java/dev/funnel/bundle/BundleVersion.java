package dev.funnel.bundle;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The identity of one published bundle: {@code yyyyMMddHHmmssSSS-hhhhhhhhhhhh}. The first part is the instant of publishing in
 * UTC, so text order is time order; the second is the first 12 hex digits of the SHA-256 of the bytes of {@code manifest.json},
 * which in turn lists the SHA-256 of every other file. The directory carries this name, so it vouches for all it holds.
 */
public record BundleVersion(String value) implements Comparable<BundleVersion> {
    static final int HASH_DIGITS = 12;

    private static final Pattern SHAPE = Pattern.compile("[0-9]{17}-[0-9a-f]{12}");
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmssSSS").withResolverStyle(ResolverStyle.STRICT);

    /** Refuses a text that is not a version. */
    public BundleVersion {
        if (!isVersion(value)) {
            throw new IllegalArgumentException("a bundle version is yyyyMMddHHmmssSSS-<12 hex digits>, got "
                    + BundleRefusedException.quote(value));
        }
    }

    /** The version that {@code text} names, or empty if it is not shaped like one. */
    public static Optional<BundleVersion> parse(String text) {
        return isVersion(text) ? Optional.of(new BundleVersion(text)) : Optional.empty();
    }

    static BundleVersion of(Instant published, String manifestSha256) {
        return new BundleVersion(stamp(published) + "-" + manifestSha256.substring(0, HASH_DIGITS));
    }

    static String stamp(Instant published) {
        return STAMP.format(LocalDateTime.ofInstant(published, ZoneOffset.UTC));
    }

    /** When it was published, to the millisecond. */
    public Instant published() {
        return instant(stamp());
    }

    /** The time part, 17 digits. */
    String stamp() {
        return value.substring(0, 17);
    }

    /** The hash part, 12 hex digits. */
    String hash() {
        return value.substring(18);
    }

    @Override
    public int compareTo(BundleVersion other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static boolean isVersion(String text) {
        return SHAPE.matcher(text).matches() && isInstant(text.substring(0, 17));
    }

    private static boolean isInstant(String stamp) {
        try {
            instant(stamp);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static Instant instant(String stamp) {
        return LocalDateTime.parse(stamp, STAMP).toInstant(ZoneOffset.UTC);
    }
}
