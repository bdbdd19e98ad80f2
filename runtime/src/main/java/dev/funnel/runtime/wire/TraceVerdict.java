package dev.funnel.runtime.wire;

import java.util.Arrays;

/** What happened at a stage to an item that the caller asked to have traced. */
public enum TraceVerdict {
    UNKNOWN(0),
    /** The bundle does not hold the item. */
    UNKNOWN_ITEM(1),
    /** No generator nominated it. */
    NOT_NOMINATED(2),
    /** A filter or predicate removed it. */
    REMOVED(3),
    /** Other items scored higher or suited the slate better. */
    OUTRANKED(4),
    /** It passed the stage. */
    PASSED(5);

    private final int number;

    TraceVerdict(int number) {
        this.number = number;
    }

    /** By its number in the contract; a number this version does not know is {@link #UNKNOWN}. */
    public static TraceVerdict ofNumber(int number) {
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
