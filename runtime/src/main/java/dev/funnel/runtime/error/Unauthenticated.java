package dev.funnel.runtime.error;

/** The caller did not show a key that is known: UNAUTHENTICATED. */
public final class Unauthenticated extends Refusal {
    private static final long serialVersionUID = 1;

    public Unauthenticated(String message) {
        super("API_KEY_UNKNOWN", message);
    }
}
