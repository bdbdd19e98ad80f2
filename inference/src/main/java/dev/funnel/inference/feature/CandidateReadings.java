package dev.funnel.inference.feature;

/**
 * What was read of a slice of the candidates, before scaling and embedding.
 *
 * @param items item index of each; -1 is an item the bundle does not hold
 * @param size how many candidates there are; {@code items} may be longer
 * @param numbers per number feature, slots in schema order, the raw numbers
 * @param rows per cross, slots in schema order, the rows of its table
 */
public record CandidateReadings(int[] items, int size, Numbers[] numbers, CandidateRows[] rows) {}
