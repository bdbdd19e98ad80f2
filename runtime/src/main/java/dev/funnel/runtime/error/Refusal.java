package dev.funnel.runtime.error;

/**
 * Why a call is not answered: each kind becomes one gRPC status, in one place. Thrown by the code that finds out and caught at
 * the border of the process. It carries no stack trace: where it was thrown says nothing that the message does not.
 */
public abstract sealed class Refusal extends RuntimeException
        permits CallerError, DeadlinePassed, NotFound, NotReady, Overloaded, PreconditionFailed, Unauthenticated {
    private static final long serialVersionUID = 1;

    private final String reason;

    Refusal(String reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** A stable identifier in upper snake case, for programs: {@code ErrorInfo.reason} on the wire. */
    public final String reason() {
        return reason;
    }
}
