package dev.funnel.benchmarks.load;

import java.util.List;

/** What became of a request. */
public sealed interface Ending {

    /**
     * There was an answer.
     *
     * @param losses what it was degraded by, as {@code stage/kind}; none: it is complete
     * @param rung how good it is, as the gateway calls it; empty if it does not say
     * @param times what the answer says of its time
     * @param version the bundle version it was made of; empty if it does not say
     * @param marginNanos how long before the caller's own deadline it came
     */
    record Answered(List<String> losses, String rung, StageTimes times, String version, long marginNanos)
            implements Ending {}

    /** It was turned away because the server has too much to do, or the caller used its quota. */
    record Shed() implements Ending {}

    /**
     * There was no answer.
     *
     * @param cause the status, for people
     */
    record Failed(String cause) implements Ending {}
}
