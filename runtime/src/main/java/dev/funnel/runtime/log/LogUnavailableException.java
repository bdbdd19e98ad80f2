package dev.funnel.runtime.log;

/** The item log cannot be followed now; the message says why, for operators. */
public final class LogUnavailableException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean silent;

    /** The log is there, goes on without this process, and cannot be had. */
    public LogUnavailableException(String reason) {
        this(reason, false);
    }

    private LogUnavailableException(String reason, boolean silent) {
        super(reason, null, false, false);
        this.silent = silent;
    }

    /** Nobody answers for the log: its owner is away, or this process is cut off from it. */
    public static LogUnavailableException silence(String reason) {
        return new LogUnavailableException(reason, true);
    }

    /** Whether nobody answers for the log. */
    public boolean silent() {
        return silent;
    }
}
