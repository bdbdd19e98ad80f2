package dev.funnel.runtime.grpc;

/** A process cannot start; the message says in one line what is in the way and what to do about it. */
public final class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StartFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
