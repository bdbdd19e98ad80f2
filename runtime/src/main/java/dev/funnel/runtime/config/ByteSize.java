package dev.funnel.runtime.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes, written with its unit: {@code 512B}, {@code 64KiB}, {@code 16MiB}, {@code 2GiB}.
 *
 * @param bytes not negative
 */
public record ByteSize(long bytes) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,12})\\s*(B|KiB|MiB|GiB)");

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size is not negative: " + bytes);
        }
    }

    public static ByteSize parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("must be a size with its unit, e.g. 64KiB, 16MiB");
        }
        return new ByteSize(Math.multiplyExact(Long.parseLong(matcher.group(1)), unitBytes(matcher.group(2))));
    }

    public static ByteSize mebibytes(long mebibytes) {
        return new ByteSize(mebibytes << 20);
    }

    /** As an int, for interfaces that count bytes in one. */
    public int asInt() {
        return Math.toIntExact(bytes);
    }

    @Override
    public String toString() {
        for (String unit : new String[] {"GiB", "MiB", "KiB"}) {
            if (bytes > 0 && bytes % unitBytes(unit) == 0) {
                return String.format(Locale.ROOT, "%d%s", bytes / unitBytes(unit), unit);
            }
        }
        return bytes + "B";
    }

    private static long unitBytes(String unit) {
        return switch (unit) {
            case "GiB" -> 1L << 30;
            case "MiB" -> 1L << 20;
            case "KiB" -> 1L << 10;
            default -> 1;
        };
    }
}
