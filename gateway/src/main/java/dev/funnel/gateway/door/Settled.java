package dev.funnel.gateway.door;

import java.util.List;
import java.util.Map;

/**
 * What left through the door.
 *
 * @param page the items, best first, each once
 * @param refused how many items each rule of the door refused on the way
 */
public record Settled(List<Offer> page, Map<String, Integer> refused) {
    /** How many of the page came by a path. */
    public int count(Offer.Path path) {
        return (int) page.stream().filter(offer -> offer.path() == path).count();
    }
}
