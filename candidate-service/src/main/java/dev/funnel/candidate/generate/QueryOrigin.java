package dev.funnel.candidate.generate;

/** How a generator came to what it searched for; in the order of the contract's numbers. */
public enum QueryOrigin {
    /** It searched for nothing: a list of the bundle. */
    LIST,
    /** The vector trained for the user. */
    TRAINED_USER,
    /** A vector folded in from the user's recent interactions. */
    FOLD_IN,
    /** The seed item. */
    SEED_ITEM,
    /** The items of the recent interactions, one by one. */
    RECENT_ITEMS
}
