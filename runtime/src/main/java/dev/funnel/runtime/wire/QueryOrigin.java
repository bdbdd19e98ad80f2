package dev.funnel.runtime.wire;

/** How a generator came to what it searched for; in the order of the contract's numbers. */
public enum QueryOrigin {
    /** It searched for nothing: a list of the bundle that is the same for everybody. */
    LIST,
    /** The vector trained for the user. */
    TRAINED_USER,
    /** A vector folded in from the user's recent interactions. */
    FOLD_IN,
    /** The seed item. */
    SEED_ITEM,
    /** The items of the recent interactions, one by one. */
    RECENT_ITEMS,
    /** A vector that a network computed from what is known of user and request. */
    QUERY_TOWER,
    /** The features of the recent items, and of the profile. */
    CONTENT,
    /** The average vector of users whose profile is like the user's. */
    PROFILE_AVERAGE,
    /** A list of the bundle for the user's country or language. */
    PLACE,
    /** The uploaders that the user follows. */
    FOLLOWED,
    /** The answer to a query that is always the same, as it was computed for the bundle. */
    STORED_ANSWER;

    private static final QueryOrigin[] BY_NUMBER = values();

    /** The origin with a number of the contract; {@link #LIST} for one that is not known here. */
    public static QueryOrigin ofNumber(int number) {
        return number > 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : LIST;
    }

    /** Whether the seed item is what was searched for, so that scores say how like it items are. */
    public boolean isSeed() {
        return this == SEED_ITEM || this == STORED_ANSWER;
    }
}
