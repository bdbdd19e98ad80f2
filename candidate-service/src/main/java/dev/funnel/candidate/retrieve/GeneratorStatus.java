package dev.funnel.candidate.retrieve;

/** How a generator ended; in the order of the contract's numbers, from 1. */
public enum GeneratorStatus {
    /** It answered. */
    OK,
    /** The question gave it nothing to go on, which is no fault. */
    NOT_APPLICABLE,
    /** It did not answer in time. */
    LATE,
    /** It failed. */
    FAILED,
    /** The bundle has no generator of that name. */
    UNKNOWN
}
