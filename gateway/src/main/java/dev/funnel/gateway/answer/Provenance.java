package dev.funnel.gateway.answer;

import dev.funnel.gateway.door.Offer;
import dev.funnel.gateway.ladder.PopularRung;
import dev.funnel.gateway.ladder.RankedPool;
import dev.funnel.runtime.wire.ItemOrigin;
import dev.funnel.runtime.wire.Nomination;
import dev.funnel.runtime.wire.QueryOrigin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who nominated the items of a page, how highly, and with which score. */
final class Provenance {
    /** What a slate names as the source of an item that was in the user's last good slate. */
    static final String LAST_GOOD_SLATE = "last-good-slate";

    private final Map<Integer, List<Source>> byPosition = new HashMap<>();

    /**
     * One generator's word for an item.
     *
     * @param rank from 1; 0 where there is none
     * @param origin how the generator came to what it searched for
     * @param itemOrigin how the item came to its place in the generator
     */
    record Source(String name, int rank, float score, QueryOrigin origin, ItemOrigin itemOrigin) {
        Source(String name, int rank, float score) {
            this(name, rank, score, QueryOrigin.LIST, ItemOrigin.TRAINED);
        }
    }

    private Provenance() {}

    static Provenance of(RankedPool ranked, List<Offer> page) {
        Provenance provenance = new Provenance();
        page.stream()
                .filter(offer -> offer.position() >= 0)
                .forEach(offer -> provenance.byPosition.put(offer.position(), new ArrayList<>()));
        ranked.pool().nominations().forEach(provenance::add);
        return provenance;
    }

    private void add(Nomination nomination) {
        for (int rank = 0; rank < nomination.size(); rank++) {
            List<Source> sources = byPosition.get(nomination.positions()[rank]);
            if (sources != null) {
                sources.add(new Source(
                        nomination.generator(),
                        rank + 1,
                        nomination.scores()[rank],
                        nomination.origin(),
                        nomination.itemOrigin(rank)));
            }
        }
    }

    List<Source> of(Offer offer) {
        return switch (offer.path()) {
            case RERANKED, RANKED -> byPosition.getOrDefault(offer.position(), List.of());
            case LAST_GOOD -> List.of(new Source(LAST_GOOD_SLATE, 0, offer.score()));
            case POPULAR -> List.of(new Source(PopularRung.SOURCE, 0, offer.score()));
        };
    }
}
