package dev.funnel.gateway.door;

/**
 * An item that wants to leave.
 *
 * @param item its index
 * @param itemId its id
 * @param position its position in the pool of candidates; -1 if it does not come from the pool
 * @param score what it was placed by
 * @param path how it came
 */
public record Offer(int item, String itemId, int position, float score, Path path) {
    /** The ways to the door, best first. */
    public enum Path {
        /** It has a place in the re-ranked slate. */
        RERANKED,
        /** It is next in the ranked order. */
        RANKED,
        /** It was in the last good slate of the user. */
        LAST_GOOD,
        /** It is in the popular slate of the bundle. */
        POPULAR
    }
}
