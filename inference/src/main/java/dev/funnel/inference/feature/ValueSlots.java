package dev.funnel.inference.feature;

/**
 * Where the values of items stand in a {@link ValueSummary}.
 *
 * @param ends per item, where its slots end; they begin where those of the item before end
 * @param slots of all items; of no meaning from the last end on
 */
record ValueSlots(int[] ends, int[] slots) {}
