package dev.funnel.gateway.ladder;

import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.PopularSlates.Slate;
import dev.funnel.gateway.door.Offer;
import dev.funnel.gateway.door.Offer.Path;
import dev.funnel.gateway.stage.Reranked;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a request has to offer at the door, path by path, best first. What the reranker kept out is not offered again by another
 * path. It does not have to say what that is, so: everything it left out, if its filters removed anything or its slate is
 * shorter than asked for; otherwise nothing, for then the rest was merely next in line.
 */
final class Offers {
    private final ItemTable items;
    private final List<Slate> popular;
    private final RankedPool ranked;
    private final Optional<Reranked> slate;
    private final BitSet keptOut;

    Offers(Visit visit, RankedPool ranked, Optional<Reranked> slate) {
        this.items = visit.items();
        this.popular = visit.popular();
        this.ranked = ranked;
        this.slate = slate;
        this.keptOut = slate.filter(
                        given -> !given.removed().isEmpty() || given.slate().size() < visit.pageSize())
                .map(given -> leftOut(given, ranked.size()))
                .orElseGet(BitSet::new);
    }

    Stream<Offer> reranked() {
        return slate.stream()
                .flatMap(given -> given.slate().stream())
                .map(place -> offer(place.position(), place.score(), Path.RERANKED));
    }

    Stream<Offer> ranked() {
        return IntStream.of(ranked.order())
                .filter(position -> !keptOut.get(position))
                .mapToObj(position -> offer(position, ranked.scores()[position], Path.RANKED));
    }

    Stream<Offer> lastGood(List<LastGood> shown) {
        return shown.stream()
                .map(last -> new Offer(items.indexOf(last.itemId()), last.itemId(), -1, last.score(), Path.LAST_GOOD));
    }

    /** Each popular slate is a path of its own, so that a long one is drawn only as far as needed. */
    Stream<Supplier<Stream<Offer>>> popular() {
        return popular.stream().map(each -> () -> popular(each));
    }

    private Stream<Offer> popular(Slate slate) {
        BitSet keptOutItems = keptOutItems();
        return IntStream.range(0, slate.items().length)
                .filter(rank -> !keptOutItems.get(slate.items()[rank]))
                .mapToObj(rank -> popularOffer(slate, rank));
    }

    private Offer popularOffer(Slate from, int rank) {
        int item = from.items()[rank];
        return new Offer(item, items.id(item), -1, from.scores()[rank], Path.POPULAR);
    }

    private Offer offer(int position, float score, Path path) {
        String itemId = ranked.pool().itemIds().get(position);
        return new Offer(items.indexOf(itemId), itemId, position, score, path);
    }

    private BitSet keptOutItems() {
        BitSet indexes = new BitSet();
        keptOut.stream()
                .map(position -> items.indexOf(ranked.pool().itemIds().get(position)))
                .filter(item -> item >= 0)
                .forEach(indexes::set);
        return indexes;
    }

    private static BitSet leftOut(Reranked slate, int poolSize) {
        BitSet leftOut = new BitSet(poolSize);
        leftOut.set(0, poolSize);
        slate.slate().forEach(place -> leftOut.clear(place.position()));
        return leftOut;
    }
}
