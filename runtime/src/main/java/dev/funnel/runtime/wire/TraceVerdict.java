package dev.funnel.runtime.wire;

/** What happened at a stage to an item that the caller asked to have traced. */
public enum TraceVerdict {
    UNKNOWN,
    /** The bundle does not hold the item. */
    UNKNOWN_ITEM,
    /** No generator nominated it. */
    NOT_NOMINATED,
    /** A filter or predicate removed it. */
    REMOVED,
    /** Other items scored higher or suited the slate better. */
    OUTRANKED,
    /** It passed the stage. */
    PASSED;

    private static final TraceVerdict[] BY_NUMBER = values();

    /** By its number in the contract; a number this version does not know is {@link #UNKNOWN}. */
    public static TraceVerdict ofNumber(int number) {
        return number > 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : UNKNOWN;
    }

    /** Its number in the contract. */
    public int number() {
        return ordinal();
    }
}
