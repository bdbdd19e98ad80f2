package dev.funnel.bundle;

/**
 * Says that a model bundle, or one file of it, is not what it claims to be, so nothing of it is used. Carries the file, as its
 * path relative to the bundle directory, and the reason in one sentence. It is checked because every loader has to decide what
 * serves instead.
 */
public final class BundleRefusedException extends Exception {
    private static final int SHOWN_CHARACTERS = 100;

    private final String file;
    private final String reason;

    /** A refusal of {@code file} for {@code reason}. */
    public BundleRefusedException(String file, String reason) {
        super(file + ": " + reason);
        this.file = file;
        this.reason = reason;
    }

    /** A refusal that another failure explains. */
    public BundleRefusedException(String file, String reason, Throwable cause) {
        super(file + ": " + reason, cause);
        this.file = file;
        this.reason = reason;
    }

    /** Path of the refused file, relative to the bundle directory; "." is the directory itself. */
    public String file() {
        return file;
    }

    /** What is wrong with it. */
    public String reason() {
        return reason;
    }

    /** {@code text} in quotes, cut to 100 characters and without control characters, so that a hostile file cannot forge a log line. */
    static String quote(String text) {
        String cut = text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "...";
        return "'" + cut.replaceAll("\\p{Cntrl}", "?") + "'";
    }
}
