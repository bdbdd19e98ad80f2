package dev.funnel.inference.feature;

/**
 * What was read of a request once for all candidates, before scaling and embedding; arrays by slot, slots in schema order.
 *
 * @param numbers per number feature one raw number; NaN is missing
 * @param rows per category and bag feature the rows of its table; empty is missing
 * @param vectors per embedding feature its vector
 */
public record RequestReadings(float[][] numbers, int[][] rows, float[][] vectors) {}
