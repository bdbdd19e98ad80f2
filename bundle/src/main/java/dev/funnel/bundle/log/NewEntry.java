package dev.funnel.bundle.log;

import dev.funnel.bundle.ItemId;
import dev.funnel.bundle.live.ItemChange;

/**
 * A change that has no position yet.
 *
 * @param item the item that changes
 * @param change what changes
 */
public record NewEntry(ItemId item, ItemChange.Change change) {}
