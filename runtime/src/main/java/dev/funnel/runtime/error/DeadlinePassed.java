package dev.funnel.runtime.error;

/** Time ran out before there was anything to answer: DEADLINE_EXCEEDED. */
public final class DeadlinePassed extends Refusal {
    private static final long serialVersionUID = 1;

    public DeadlinePassed(String message) {
        super("DEADLINE_PASSED", message);
    }
}
