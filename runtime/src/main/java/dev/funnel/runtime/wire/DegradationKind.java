package dev.funnel.runtime.wire;

import java.util.Arrays;

/** How quality was lost. */
public enum DegradationKind {
    UNKNOWN(0),
    /** A part did not answer in its slice of the deadline. */
    LATE(1),
    /** A part answered with an error, or could not be reached. */
    FAILED(2),
    /** A part turned the call away because it was overloaded. */
    SHED(3),
    /** A part tried less hard than it is configured to. */
    REDUCED_EFFORT(4),
    /** A shard of the catalogue was not searched. */
    SHARD_MISSING(5),
    /** A part did not hold the bundle version asked for. */
    VERSION_MISSING(6),
    /** A preferred rule gave way so that the slate could be filled. */
    RELAXED_RULE(7),
    /** The slate is shorter than asked for. */
    SHORT_SLATE(8),
    /** A generator named by the pipeline does not exist in the bundle. */
    GENERATOR_MISSING(9),
    /** A part refused what it was asked for, or the key it was shown: no fault that passes by itself. */
    MISCONFIGURED(10);

    private final int number;

    DegradationKind(int number) {
        this.number = number;
    }

    /** By its number in the contract; a number this version does not know is {@link #UNKNOWN}. */
    public static DegradationKind ofNumber(int number) {
        return Arrays.stream(values())
                .filter(value -> value.number == number)
                .findFirst()
                .orElse(UNKNOWN);
    }

    /** Its number in the contract. */
    public int number() {
        return number;
    }
}
