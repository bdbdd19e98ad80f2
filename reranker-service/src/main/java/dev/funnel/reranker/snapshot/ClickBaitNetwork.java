package dev.funnel.reranker.snapshot;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.History;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.RankerEntry;
import dev.funnel.inference.Ranker;
import dev.funnel.inference.feature.RankingInput;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The click-bait model of a bundle: a network like the ranker's, run by the same code, whose one head gives the odds. */
final class ClickBaitNetwork implements ClickBaitModel {
    private final Ranker network;

    private ClickBaitNetwork(Ranker network) {
        this.network = network;
    }

    /** The model that the bundle's manifest names; null if it names none. */
    static @Nullable ClickBaitModel load(Bundle bundle) throws BundleRefusedException {
        RankerEntry entry = bundle.manifest().clickBait();
        return entry == null ? null : new ClickBaitNetwork(Ranker.load(bundle, entry));
    }

    @Override
    public float[] probabilities(int[] items, long timeMillis) {
        RankingInput input =
                new RankingInput(timeMillis, Map.of(), Map.of(), History.EMPTY, null, items, List.of(), new int[0]);
        float[] odds = network.score(input);
        for (int i = 0; i < odds.length; i++) {
            odds[i] = items[i] < 0 ? 0 : odds[i] / (1 + odds[i]);
        }
        return odds;
    }

    @Override
    public ClickBaitModel over(ItemTable items) {
        return new ClickBaitNetwork(network.over(items));
    }

    @Override
    public void close() {
        network.close();
    }
}
