package dev.funnel.runtime.wire;

import java.util.List;

/** What a user did with an item. */
public enum InteractionKind {
    WATCH(1),
    CLICK(2),
    /** Was shown the item and did not click. */
    IMPRESSION(3),
    LIKE(4),
    DISLIKE(5),
    PURCHASE(6),
    SEARCH(7);

    private static final List<InteractionKind> ALL = List.of(values());

    private final int number;

    InteractionKind(int number) {
        this.number = number;
    }

    /** By its number in the contract and in bundles; unspecified and unknown numbers count as {@link #WATCH}. */
    public static InteractionKind ofNumber(int number) {
        for (InteractionKind kind : ALL) {
            if (kind.number == number) {
                return kind;
            }
        }
        return WATCH;
    }

    /** Its number in the contract and in bundles. */
    public int number() {
        return number;
    }

    /** Whether it says that the user knows the item, so that it need not be shown again. */
    public boolean isConsumption() {
        return this == WATCH || this == LIKE || this == PURCHASE;
    }

    /** Whether it speaks for the item: everything but being passed over, disliked or searched for. */
    public boolean isPositive() {
        return this != IMPRESSION && this != DISLIKE && this != SEARCH;
    }
}
