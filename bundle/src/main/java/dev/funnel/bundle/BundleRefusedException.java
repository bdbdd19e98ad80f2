package dev.funnel.bundle;

import org.jspecify.annotations.Nullable;

/**
 * Says that a model bundle, or one file of it, is not what it claims to be, so nothing of it is used. Carries the file, as its
 * path relative to the bundle directory, and the reason in one sentence; both without control characters and of bounded length, so that
 * a hostile file cannot forge a log line. It is checked because every loader has to decide what serves instead.
 */
public final class BundleRefusedException extends Exception {
    private static final int QUOTED_CHARACTERS = 100;
    private static final int FILE_CHARACTERS = 250;
    private static final int REASON_CHARACTERS = 600;

    private final String file;
    private final String reason;

    /** A refusal of {@code file} for {@code reason}. */
    public BundleRefusedException(String file, String reason) {
        this(file, reason, null);
    }

    /** A refusal that another failure explains. */
    public BundleRefusedException(String file, String reason, @Nullable Throwable cause) {
        super(plain(file, FILE_CHARACTERS) + ": " + plain(reason, REASON_CHARACTERS), cause);
        this.file = plain(file, FILE_CHARACTERS);
        this.reason = plain(reason, REASON_CHARACTERS);
    }

    /** Path of the refused file, relative to the bundle directory; "." is the directory itself. */
    public String file() {
        return file;
    }

    /** What is wrong with it. */
    public String reason() {
        return reason;
    }

    /** {@code text} in quotes, cut to 100 characters. */
    static String quote(@Nullable String text) {
        return "'" + plain(String.valueOf(text), QUOTED_CHARACTERS) + "'";
    }

    private static String plain(String text, int characters) {
        String cut = text.length() <= characters ? text : text.substring(0, characters) + "...";
        return cut.replaceAll("\\p{Cntrl}", "?");
    }
}
