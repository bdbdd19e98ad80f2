package dev.funnel.runtime.wire;

import java.util.Arrays;

/** A step of the funnel. */
public enum Stage {
    UNKNOWN(0),
    GATEWAY(1),
    CANDIDATES(2),
    RANKING(3),
    RERANKING(4);

    private final int number;

    Stage(int number) {
        this.number = number;
    }

    /** By its number in the contract; a number this version does not know is {@link #UNKNOWN}. */
    public static Stage ofNumber(int number) {
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
