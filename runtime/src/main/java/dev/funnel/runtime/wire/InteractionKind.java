package dev.funnel.runtime.wire;

/** What a user did with an item. */
public enum InteractionKind {
    WATCH,
    CLICK,
    /** Was shown the item and did not click. */
    IMPRESSION,
    LIKE,
    DISLIKE,
    PURCHASE,
    SEARCH;

    private static final InteractionKind[] BY_NUMBER = values();

    /** By its number in the contract and in bundles; unspecified and unknown numbers count as {@link #WATCH}. */
    public static InteractionKind ofNumber(int number) {
        return number > 0 && number <= BY_NUMBER.length ? BY_NUMBER[number - 1] : WATCH;
    }

    /** Its number in the contract and in bundles. */
    public int number() {
        return ordinal() + 1;
    }

    /** Whether it says that the user has seen the item through or acted on it, so that it need not be shown again. */
    public boolean isConsumption() {
        return this == WATCH || this == PURCHASE;
    }

    /** Whether it speaks for the item: everything but being passed over, disliked or searched for. */
    public boolean isPositive() {
        return this != IMPRESSION && this != DISLIKE && this != SEARCH;
    }
}
