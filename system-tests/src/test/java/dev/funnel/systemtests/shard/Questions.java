package dev.funnel.systemtests.shard;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.History;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.gateway.stage.GeneratorRequest;
import dev.funnel.gateway.stage.RetrieveCall;
import dev.funnel.gateway.stage.ShardedCatalogue;
import dev.funnel.runtime.wire.BundleRef;
import dev.funnel.runtime.wire.Context;
import dev.funnel.runtime.wire.ImpressionCounts;
import dev.funnel.runtime.wire.Interactions;
import dev.funnel.runtime.wire.Query;
import dev.funnel.runtime.wire.UserState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What the gateway may ask of candidate generation. */
final class Questions {
    private static final List<List<GeneratorRequest>> GENERATORS = List.of(
            List.of(),
            List.of(new GeneratorRequest("popular", 7)),
            List.of(new GeneratorRequest("als", 6), new GeneratorRequest("covisit", 4)),
            List.of(
                    new GeneratorRequest("newest", 3),
                    new GeneratorRequest("als", 11),
                    new GeneratorRequest("covisit", 20),
                    new GeneratorRequest("popular", 60)));

    private Questions() {}

    /** Users and visitors, with and without a seed item, to several generators. */
    static List<RetrieveCall> all(Bundle bundle) {
        List<RetrieveCall> all = new ArrayList<>();
        for (List<GeneratorRequest> generators : GENERATORS) {
            for (int row : new int[] {-1, 2, 3, 5}) {
                all.add(of(bundle, row, "", generators));
                all.add(of(bundle, row, bundle.items().id(8 + row), generators));
            }
        }
        return all;
    }

    /** @param row of the user; -1: a new visitor */
    static RetrieveCall of(Bundle bundle, int row, String seed, List<GeneratorRequest> generators) {
        Context context = Context.UNKNOWN.at(SmallBundle.NOW);
        List<String> excluded = List.of(bundle.items().id(11), bundle.items().id(12));
        UserState user = row < 0 ? UserState.NEW_VISITOR : user(bundle, row);
        return new RetrieveCall(
                user,
                new Query(user.userId(), Interactions.NONE, seed, context, excluded, null),
                new BundleRef(SmallBundle.NAME, bundle.version().value()),
                new ShardedCatalogue(bundle.shards().count(), bundle.items()::indexOf),
                List.of(),
                generators,
                List.of(),
                1,
                traced(bundle),
                false);
    }

    private static List<String> traced(Bundle bundle) {
        List<String> traced = new ArrayList<>(List.of("no-such-item"));
        IntStream.range(0, 40).mapToObj(bundle.items()::id).forEach(traced::add);
        return traced;
    }

    private static UserState user(Bundle bundle, int row) {
        History history = bundle.users().history(row);
        List<String> items =
                Arrays.stream(history.items()).mapToObj(bundle.items()::id).toList();
        return new UserState(
                SmallBundle.user(row),
                Map.of(),
                new Interactions(items, history.kinds(), history.timesMs(), history.watchedMs(), history.weights()),
                row == 5 ? 1 : 0, // folded in
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                ImpressionCounts.NONE,
                true);
    }
}
