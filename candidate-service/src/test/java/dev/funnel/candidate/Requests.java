package dev.funnel.candidate;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.History;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.proto.candidate.v1.RetrieveRequest;
import dev.funnel.proto.common.v1.InteractionColumns;
import dev.funnel.proto.common.v1.UserState;
import dev.funnel.runtime.wire.WireTimes;

/** Requests as the gateway makes them. */
final class Requests {
    private Requests() {}

    /** A new visitor at {@link SmallBundle#NOW}, asking all generators. */
    static RetrieveRequest.Builder visitor() {
        RetrieveRequest.Builder request = RetrieveRequest.newBuilder();
        request.getQueryBuilder().getContextBuilder().setTime(WireTimes.timestamp(SmallBundle.NOW));
        return request;
    }

    /** A user of the bundle, with the bundle's own history and nothing newer. */
    static RetrieveRequest.Builder known(Bundle bundle, int row) {
        RetrieveRequest.Builder request = visitor();
        request.getQueryBuilder().setUserId(SmallBundle.user(row));
        request.setUser(UserState.newBuilder()
                .setUserId(SmallBundle.user(row))
                .setKnown(true)
                .setRecent(columns(bundle, bundle.users().history(row))));
        return request;
    }

    /** Someone the bundle does not know, who watched these items, newest first. */
    static RetrieveRequest.Builder stranger(String... watched) {
        RetrieveRequest.Builder request = visitor();
        InteractionColumns.Builder recent = request.getUserBuilder().getRecentBuilder();
        for (String item : watched) {
            recent.addItemIds(item);
        }
        request.getUserBuilder().setUserId("stranger").setFreshCount(watched.length);
        return request;
    }

    private static InteractionColumns columns(Bundle bundle, History history) {
        InteractionColumns.Builder columns = InteractionColumns.newBuilder();
        for (int i = 0; i < history.size(); i++) {
            columns.addItemIds(bundle.items().id(history.items()[i]))
                    .addKindsValue(history.kinds()[i])
                    .addTimesMs(history.timesMs()[i])
                    .addWatchedMs(history.watchedMs()[i])
                    .addWeights(history.weights()[i]);
        }
        return columns.build();
    }
}
