package dev.funnel.runtime.wire;

/** A step of the funnel. */
public enum Stage {
    UNKNOWN,
    GATEWAY,
    CANDIDATES,
    RANKING,
    RERANKING;

    private static final Stage[] BY_NUMBER = values();

    /** By its number in the contract; a number this version does not know is {@link #UNKNOWN}. */
    public static Stage ofNumber(int number) {
        return number > 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : UNKNOWN;
    }

    /** Its number in the contract. */
    public int number() {
        return ordinal();
    }
}
