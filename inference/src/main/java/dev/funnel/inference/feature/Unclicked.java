package dev.funnel.inference.feature;

/**
 * How often items were lately shown to the user without a click, as parallel arrays.
 *
 * @param items item indexes, without repeats
 * @param counts how often each was shown
 */
public record Unclicked(int[] items, int[] counts) {
    public Unclicked {
        if (items.length != counts.length) {
            throw new IllegalArgumentException(items.length + " items have " + counts.length + " counts");
        }
    }
}
