package dev.funnel.ranking.snapshot;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.RankerEntry;
import dev.funnel.inference.Ranker;
import dev.funnel.runtime.error.PreconditionFailed;
import dev.funnel.runtime.live.LiveBatch;
import dev.funnel.runtime.live.LiveSnapshot;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything one bundle version contributes to ranking: the item table, whose rows number candidates, the ranker and what its
 * score may be. A bundle without a ranker is held too, so that its version can be named; ranking with it is refused.
 */
public final class RankingSnapshot implements LiveSnapshot<RankingSnapshot> {
    /** Reason for a bundle version that has no ranker. */
    public static final String NO_RANKER = "BUNDLE_WITHOUT_RANKER";

    private static final Logger LOG = LoggerFactory.getLogger(RankingSnapshot.class);

    private final String version;
    private final ItemTable items;
    private final @Nullable Ranker ranker;
    private final @Nullable ServedObjectives objectives;
    private final @Nullable ServedNetwork network;

    private RankingSnapshot(
            String version,
            ItemTable items,
            @Nullable Ranker ranker,
            @Nullable ServedObjectives objectives,
            @Nullable ServedNetwork network) {
        this.version = version;
        this.items = items;
        this.ranker = ranker;
        this.objectives = objectives;
        this.network = network;
    }

    /**
     * Loads the snapshot of an opened bundle; views of the bundle's memory, usable until it is closed.
     *
     * @param rankers how a bundle's ranker is loaded
     * @param configured objectives of the service's configuration, formulas by name
     */
    public static RankingSnapshot load(Bundle bundle, RankerLoading rankers, Map<String, String> configured)
            throws BundleRefusedException {
        String version = bundle.version().value();
        RankerEntry entry = bundle.manifest().ranker();
        if (entry == null) {
            LOG.warn("bundle {} has no ranker: requests to rank with it will be refused", version);
            return new RankingSnapshot(version, bundle.items(), null, null, null);
        }
        Ranker ranker = rankers.load(bundle, entry);
        LOG.info("bundle {} is ranked by {}", version, ranker.description());
        try {
            return new RankingSnapshot(
                    version,
                    bundle.items(),
                    ranker,
                    new ServedObjectives(ranker.objectives(), configured),
                    ServedNetwork.load(bundle, entry, ranker.schema()));
        } catch (BundleRefusedException | RuntimeException e) {
            ranker.close();
            throw e;
        }
    }

    /** Candidates are scored with what is known of their items now. */
    @Override
    public RankingSnapshot with(LiveBatch batch) {
        return new RankingSnapshot(
                version, batch.items(), ranker == null ? null : ranker.over(batch.items()), objectives, network);
    }

    public ItemTable items() {
        return items;
    }

    /** Whether the bundle has a ranker. */
    public boolean ranks() {
        return ranker != null;
    }

    /** The ranker, or a refusal of the request if the bundle has none. */
    public Ranker ranker() {
        return present(ranker);
    }

    /** What its score may be, or a refusal of the request if the bundle has no ranker. */
    public ServedObjectives objectives() {
        return present(objectives);
    }

    /** Its network as the bundle stores it, or a refusal of the request if the bundle has no ranker. */
    public ServedNetwork network() {
        return present(network);
    }

    private <T> T present(@Nullable T part) {
        if (part == null) {
            throw new PreconditionFailed(NO_RANKER, "bundle version " + version + " has no ranker");
        }
        return part;
    }

    @Override
    public void close() {
        if (ranker != null) {
            ranker.close();
        }
        if (network != null) {
            network.close();
        }
    }
}
