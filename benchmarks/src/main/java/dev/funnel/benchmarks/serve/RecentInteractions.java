package dev.funnel.benchmarks.serve;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.History;
import dev.funnel.proto.common.v1.InteractionColumns;
import dev.funnel.proto.common.v1.InteractionKind;

/** A stored history as the gateway would send it: all of its items are known to the bundle. */
final class RecentInteractions {
    private RecentInteractions() {}

    /** The newest {@code most} interactions. */
    static InteractionColumns of(Bundle bundle, History history, int most) {
        InteractionColumns.Builder recent = InteractionColumns.newBuilder();
        for (int i = 0; i < Math.min(most, history.size()); i++) {
            recent.addItemIds(bundle.items().id(history.items()[i]))
                    .addKinds(InteractionKind.forNumber(history.kinds()[i]))
                    .addTimesMs(history.timesMs()[i])
                    .addWatchedMs(history.watchedMs()[i])
                    .addWeights(history.weights()[i]);
        }
        return recent.build();
    }
}
