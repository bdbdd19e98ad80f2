package dev.funnel.cli.demo;

import com.google.protobuf.Timestamp;
import dev.funnel.cli.cluster.LocalCluster;
import dev.funnel.cli.cluster.Service;
import dev.funnel.proto.common.v1.Context;
import dev.funnel.proto.common.v1.Query;
import dev.funnel.proto.gateway.v1.RecommendRequest;
import dev.funnel.trainer.simulate.DemoWorld;
import java.util.List;

/** What the demonstration asks, and how to ask for more: at the end of the simulated log, since the site's clock stands there. */
final class DemoQuestion {

    private static final int USER = 0;
    private static final int ITEM = 42;
    private static final int PLACES = 20;

    private final DemoWorld world;

    DemoQuestion(DemoWorld world) {
        this.world = world;
    }

    String userId() {
        return world.userId(USER);
    }

    /** A slate for a known user, explained. */
    RecommendRequest request() {
        return RecommendRequest.newBuilder()
                .setQuery(Query.newBuilder()
                        .setUserId(userId())
                        .setContext(Context.newBuilder().setTime(now())))
                .setPageSize(PLACES)
                .setExplain(true)
                .build();
    }

    /** What to type for more. */
    List<String> commands(LocalCluster cluster) {
        String port = cluster.port(Service.GATEWAY) == Service.GATEWAY.usualPort()
                ? ""
                : " --target " + cluster.target(Service.GATEWAY);
        String at = port + " --time " + world.end();
        String item = world.itemId(Math.min(ITEM, world.itemCount() - 1));
        return List.of(
                "",
                "Serving until interrupted. In another terminal:",
                "  ./funnel recommend" + at + " --user " + world.userId(1) + " --explain     # another user",
                "  ./funnel recommend" + at + " --recent " + item + "," + world.itemId(7)
                        + "    # a session: items just seen",
                "  ./funnel recommend" + at + " --seed-item " + item + "    # related items",
                "  ./funnel recommend" + at + "    # a new visitor",
                "  ./funnel explain" + at + " --user " + userId() + " " + item + "    # why is it there, or not?",
                "  grpcurl -plaintext -d '" + json() + "' " + cluster.target(Service.GATEWAY)
                        + " funnel.gateway.v1.RecommendationService/Recommend");
    }

    private String json() {
        return "{\"query\": {\"user_id\": \"%s\", \"context\": {\"time\": \"%s\"}}, \"page_size\": %d, \"explain\": true}"
                .formatted(userId(), world.end(), PLACES);
    }

    private Timestamp now() {
        return Timestamp.newBuilder().setSeconds(world.end().getEpochSecond()).build();
    }
}
