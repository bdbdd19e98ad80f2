package dev.funnel.benchmarks.serve;

import com.google.protobuf.Timestamp;
import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.History;
import dev.funnel.bundle.TimeColumn;
import dev.funnel.proto.candidate.v1.GeneratorRequest;
import dev.funnel.proto.candidate.v1.RetrieveRequest;
import dev.funnel.proto.common.v1.Context;
import dev.funnel.proto.common.v1.Query;
import dev.funnel.proto.common.v1.UserState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a gateway would ask candidate-service for the users of a bundle. */
final class RetrieveRequests {

    private static final int MOST_USERS = 1_000;
    private static final int MOST_HISTORY = 50;

    private RetrieveRequests() {}

    /**
     * One request for each of the first users that have a history.
     *
     * @param generators limit by generator
     */
    static List<RetrieveRequest> of(Bundle bundle, Map<String, Integer> generators) {
        List<RetrieveRequest> requests = new ArrayList<>();
        Timestamp now = afterTheCatalogue(bundle);
        for (int user = 0; user < bundle.users().size() && requests.size() < MOST_USERS; user++) {
            History history = bundle.users().history(user);
            if (history.size() > 0) {
                RetrieveRequest.Builder request = RetrieveRequest.newBuilder()
                        .setExplain(true) // the report of each generator's time
                        .setEffort(1)
                        .setUser(state(bundle, user, history))
                        .setQuery(Query.newBuilder()
                                .setContext(Context.newBuilder().setTime(now)));
                generators.forEach((generator, limit) -> request.addGenerators(
                        GeneratorRequest.newBuilder().setName(generator).setLimit(limit)));
                requests.add(request.build());
            }
        }
        if (requests.isEmpty()) {
            throw new IllegalArgumentException("the bundle has no user with a history to ask for");
        }
        return requests;
    }

    /** An instant at which everything is published. */
    private static Timestamp afterTheCatalogue(Bundle bundle) {
        TimeColumn published = bundle.items().time("published_at");
        long latest = 0;
        for (int item = 0; published != null && item < bundle.items().size(); item++) {
            latest = Math.max(latest, published.millis(item));
        }
        return Timestamp.newBuilder().setSeconds(latest / 1_000 + 1).build();
    }

    /** What the gateway would send: the user's history, all of it known to the bundle. */
    private static UserState state(Bundle bundle, int user, History history) {
        return UserState.newBuilder()
                .setUserId(bundle.users().id(user))
                .setKnown(true)
                .setRecent(RecentInteractions.of(bundle, history, MOST_HISTORY))
                .build();
    }
}
