package dev.funnel.bundle;

/**
 * Says of every item of one item table whether it may pass. Cheap, free of allocation and safe for several threads, so that it can run
 * inside a search.
 */
@FunctionalInterface
public interface ItemTest {
    /** Lets every item pass. */
    ItemTest ALL = itemIndex -> true;

    /** Lets no item pass. */
    ItemTest NONE = itemIndex -> false;

    /** Whether the item may pass. */
    boolean test(int itemIndex);

    /** Passes what this and {@code other} pass. */
    default ItemTest and(ItemTest other) {
        if (this == ALL) {
            return other;
        }
        return other == ALL ? this : itemIndex -> test(itemIndex) && other.test(itemIndex);
    }
}
