package dev.funnel.runtime.error;

/** The process cannot answer yet, e.g. no bundle is loaded: UNAVAILABLE. Another replica may. */
public final class NotReady extends Refusal {
    private static final long serialVersionUID = 1;

    public NotReady(String message) {
        super("NOT_READY", message);
    }
}
