package dev.funnel.runtime.log;

/** The item log cannot be followed now; the message says why, for operators. */
public final class LogUnavailableException extends Exception {
    private static final long serialVersionUID = 1;

    public LogUnavailableException(String reason) {
        super(reason, null, false, false);
    }
}
