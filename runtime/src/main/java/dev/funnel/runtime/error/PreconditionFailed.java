package dev.funnel.runtime.error;

/** The call is valid but not in the state the process is in, e.g. a bundle version it does not hold: FAILED_PRECONDITION. */
public final class PreconditionFailed extends Refusal {
    private static final long serialVersionUID = 1;

    /** Reason for a bundle version that is not held. */
    public static final String VERSION_NOT_HELD = "BUNDLE_VERSION_NOT_HELD";

    /** @param reason stable identifier in upper snake case */
    public PreconditionFailed(String reason, String message) {
        super(reason, message);
    }
}
