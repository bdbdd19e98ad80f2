package dev.funnel.candidate.generate;

/** How an item came to its place in a generator; in the order of the contract's numbers. */
public enum ItemOrigin {
    /** Fitted on interactions with it. */
    TRAINED,
    /** Computed from its features by the item tower. */
    ITEM_TOWER,
    /** Computed from its features as content. */
    CONTENT,
    /** The average of the items of its uploader. */
    UPLOADER_AVERAGE,
    /** The average of the items of its categories. */
    CATEGORY_AVERAGE,
    /** It follows from a column of the item alone, e.g. when it was published. */
    COLUMN
}
