package dev.funnel.inference.feature;

/**
 * What was read of a slice of the candidates, before scaling and embedding.
 *
 * @param items item index of each; -1 is an item the bundle does not hold
 * @param numbers per number feature, slots in schema order, the raw numbers
 * @param rows per cross, slots in schema order, the rows of its table
 */
public record CandidateReadings(int[] items, Numbers[] numbers, CandidateRows[] rows) {
    /** How many candidates there are. */
    public int size() {
        return items.length;
    }
}
