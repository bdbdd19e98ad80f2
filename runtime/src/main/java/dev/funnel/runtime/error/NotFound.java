package dev.funnel.runtime.error;

/** What the caller named does not exist: NOT_FOUND. */
public final class NotFound extends Refusal {
    private static final long serialVersionUID = 1;

    public NotFound(String reason, String message) {
        super(reason, message);
    }
}
