package dev.funnel.gateway.snapshot;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.HeadEntry;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.RankerEntry;
import dev.funnel.bundle.UserTable;
import dev.funnel.gateway.item.CatalogueRules;
import dev.funnel.gateway.ladder.PopularRung;
import dev.funnel.gateway.stage.ShardedCatalogue;
import dev.funnel.runtime.live.LiveBatch;
import dev.funnel.runtime.live.LiveSnapshot;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one bundle version contributes to the gateway.
 *
 * @param items the item table with what changed since, which the door checks against
 * @param shards into how many virtual shards the items are split
 * @param generators names of the bundle's generators
 * @param users profiles and histories up to the data cut
 * @param popular what is served when nothing better can be made
 * @param hasRanker whether the ranking stage can score with this version
 * @param heads what its ranker predicts
 * @param catalogue what items may be given between bundles
 * @param defaultObjective what its ranker's score is unless asked otherwise
 */
public record GatewaySnapshot(
        ItemTable items,
        int shards,
        Set<String> generators,
        UserTable users,
        PopularRung popular,
        boolean hasRanker,
        List<String> heads,
        CatalogueRules catalogue,
        String defaultObjective)
        implements LiveSnapshot<GatewaySnapshot> {

    public static GatewaySnapshot of(Bundle bundle) throws BundleRefusedException {
        RankerEntry ranker = bundle.manifest().ranker();
        return new GatewaySnapshot(
                bundle.items(),
                bundle.shards().count(),
                generators(bundle),
                bundle.users(),
                PopularRung.of(bundle),
                ranker != null,
                ranker == null
                        ? List.of()
                        : ranker.heads().stream().map(HeadEntry::name).toList(),
                CatalogueRules.of(bundle.items(), bundle.manifest().generators()),
                ranker == null ? "" : ranker.defaultObjective());
    }

    /** Names of a bundle's generators. */
    public static Set<String> generators(Bundle bundle) {
        return bundle.manifest().generators().stream()
                .map(GeneratorEntry::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What candidate generation has to know of the items. */
    public ShardedCatalogue shardedCatalogue() {
        return new ShardedCatalogue(shards, items::indexOf);
    }

    @Override
    public GatewaySnapshot with(LiveBatch batch) {
        return new GatewaySnapshot(
                batch.items(), shards, generators, users, popular, hasRanker, heads, catalogue, defaultObjective);
    }

    /** Holds nothing of its own: tables and tensors are the bundle's. */
    @Override
    public void close() {}
}
