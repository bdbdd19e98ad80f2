package dev.funnel.runtime.wire;

/** How quality was lost. */
public enum DegradationKind {
    UNKNOWN,
    /** A part did not answer in its slice of the deadline. */
    LATE,
    /** A part answered with an error, or could not be reached. */
    FAILED,
    /** A part turned the call away because it was overloaded. */
    SHED,
    /** A part tried less hard than it is configured to. */
    REDUCED_EFFORT,
    /** A shard of the catalogue was not searched. */
    SHARD_MISSING,
    /** A part did not hold the bundle version asked for. */
    VERSION_MISSING,
    /** A preferred rule gave way so that the slate could be filled. */
    RELAXED_RULE,
    /** The slate is shorter than asked for. */
    SHORT_SLATE,
    /** A generator named by the pipeline does not exist in the bundle. */
    GENERATOR_MISSING;

    private static final DegradationKind[] BY_NUMBER = values();

    /** By its number in the contract; a number this version does not know is {@link #UNKNOWN}. */
    public static DegradationKind ofNumber(int number) {
        return number > 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : UNKNOWN;
    }

    /** Its number in the contract. */
    public int number() {
        return ordinal();
    }
}
