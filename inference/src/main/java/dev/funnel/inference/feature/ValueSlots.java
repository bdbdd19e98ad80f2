package dev.funnel.inference.feature;

import org.jspecify.annotations.Nullable;

/**
 * Where the values of items stand in a {@link ValueSummary}.
 *
 * @param ends per item, where its entries end; they begin where those of the item before end; null: each item has one
 * @param entries of all items; of no meaning from the last end on
 */
record ValueSlots(int @Nullable [] ends, int[] entries) {}
