package dev.funnel.gateway.pipeline;

import dev.funnel.gateway.door.LastGood;
import dev.funnel.gateway.door.Offer;
import dev.funnel.gateway.door.Offer.Path;
import dev.funnel.gateway.snapshot.GatewaySnapshot;
import dev.funnel.gateway.snapshot.PopularSlate;
import dev.funnel.gateway.stage.Reranked;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a request has to offer at the door, path by path, best first. What the reranker kept out is not offered again by another
 * path. It does not have to say what that is, so: everything it left out, if its filters removed anything or its slate is
 * shorter than asked for; otherwise nothing, for then the rest was merely next in line.
 */
final class Offers {
    private final GatewaySnapshot snapshot;
    private final RankedPool ranked;
    private final Optional<Reranked> slate;
    private final BitSet keptOut;

    Offers(Turn turn, RankedPool ranked, Optional<Reranked> slate) {
        this.snapshot = turn.snapshot();
        this.ranked = ranked;
        this.slate = slate;
        this.keptOut = slate.filter(given -> given.removed() > 0
                        || given.slate().size() < turn.request().pageSize())
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

    Stream<Offer> lastGood(List<LastGood> items) {
        return items.stream()
                .map(last -> new Offer(
                        snapshot.items().indexOf(last.itemId()), last.itemId(), -1, last.score(), Path.LAST_GOOD));
    }

    Stream<Offer> popular() {
        PopularSlate popular = snapshot.popular();
        BitSet keptOutItems = keptOutItems();
        return IntStream.range(0, popular.size())
                .filter(rank -> !keptOutItems.get(popular.items()[rank]))
                .mapToObj(rank -> popularOffer(popular, rank));
    }

    private Offer popularOffer(PopularSlate popular, int rank) {
        int item = popular.items()[rank];
        return new Offer(item, snapshot.items().id(item), -1, popular.scores()[rank], Path.POPULAR);
    }

    private Offer offer(int position, float score, Path path) {
        String itemId = ranked.pool().itemIds().get(position);
        return new Offer(snapshot.items().indexOf(itemId), itemId, position, score, path);
    }

    private BitSet keptOutItems() {
        BitSet items = new BitSet();
        keptOut.stream()
                .map(position ->
                        snapshot.items().indexOf(ranked.pool().itemIds().get(position)))
                .filter(item -> item >= 0)
                .forEach(items::set);
        return items;
    }

    private static BitSet leftOut(Reranked slate, int poolSize) {
        BitSet leftOut = new BitSet(poolSize);
        leftOut.set(0, poolSize);
        slate.slate().forEach(place -> leftOut.clear(place.position()));
        return leftOut;
    }
}
