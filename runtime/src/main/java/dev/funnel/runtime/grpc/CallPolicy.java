package dev.funnel.runtime.grpc;

/** What a channel does about calls of its service that fail or take long. Only what changes nothing may be called more than once. */
public sealed interface CallPolicy permits CallPolicy.Once, Retries, Hedging {
    /** Each call is sent once. */
    CallPolicy ONCE = new Once();

    /** See {@link #ONCE}. */
    record Once() implements CallPolicy {}
}
