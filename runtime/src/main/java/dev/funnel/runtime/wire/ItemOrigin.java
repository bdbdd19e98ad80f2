package dev.funnel.runtime.wire;

/** How an item came to its place in a generator; in the order of the contract's numbers. */
public enum ItemOrigin {
    /** Fitted on interactions with it. */
    TRAINED,
    /** The item tower, a network over its features. */
    ITEM_TOWER,
    /** Its features as content: the items most like it. */
    CONTENT,
    /** The average of the items of its uploader. */
    UPLOADER_AVERAGE,
    /** The average of the items of its categories. */
    CATEGORY_AVERAGE,
    /** A column of the item alone, e.g. when it was published. */
    COLUMN,
    /** Folded in from who watched it since it came. */
    WATCHERS;

    private static final ItemOrigin[] BY_NUMBER = values();

    /** The origin with a number of the contract; {@link #TRAINED} for one that is not known here. */
    public static ItemOrigin ofNumber(int number) {
        return number > 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : TRAINED;
    }
}
