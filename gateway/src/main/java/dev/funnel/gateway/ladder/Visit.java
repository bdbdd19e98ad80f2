package dev.funnel.gateway.ladder;

import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.PopularSlates.Slate;
import dev.funnel.gateway.door.Door;
import java.util.List;

/**
 * Where a slate is wanted, and what may be in it.
 *
 * @param surface under which the last good slate is kept
 * @param popular the popular slates that suit the person, the best suited first
 * @param door what every item passes
 * @param pageSize how many items
 */
public record Visit(LastGoodSlates.Surface surface, ItemTable items, List<Slate> popular, Door door, int pageSize) {}
