package dev.funnel.bundle;

/**
 * The fields of the query that predicates may compare with. An empty text and {@link #NO_TIME} are fields the query leaves empty.
 *
 * @param country ISO 3166-1 alpha-2
 * @param language BCP 47
 * @param timeMillis the instant the slate is for, in milliseconds since 1970-01-01T00:00:00Z
 */
public record PredicateContext(String country, String language, long timeMillis, String userId, String seedItemId) {
    /** Stands for a query without a time. */
    public static final long NO_TIME = Long.MIN_VALUE;

    /** A query that leaves everything empty. */
    public static final PredicateContext EMPTY = new PredicateContext("", "", NO_TIME, "", "");

    /** The text in {@code field}; empty if the query leaves it empty, and for {@link QueryField#TIME}. */
    String text(QueryField field) {
        return switch (field) {
            case COUNTRY -> country;
            case LANGUAGE -> language;
            case USER_ID -> userId;
            case SEED_ITEM_ID -> seedItemId;
            case TIME -> "";
        };
    }
}
