package dev.funnel.systemtests.promise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Timestamp;
import dev.funnel.cli.cluster.ClusterPlan;
import dev.funnel.cli.cluster.LocalCluster;
import dev.funnel.cli.cluster.Service;
import dev.funnel.proto.common.v1.Comparison;
import dev.funnel.proto.common.v1.ItemOrigin;
import dev.funnel.proto.common.v1.ItemPredicate;
import dev.funnel.proto.common.v1.Operand;
import dev.funnel.proto.gateway.v1.Item;
import dev.funnel.proto.gateway.v1.ItemServiceGrpc;
import dev.funnel.proto.gateway.v1.RecommendResponse;
import dev.funnel.proto.gateway.v1.RecommendationServiceGrpc;
import dev.funnel.proto.gateway.v1.RecommendedItem;
import dev.funnel.proto.gateway.v1.RemoveItemsRequest;
import dev.funnel.proto.gateway.v1.UpsertItemsRequest;
import dev.funnel.runtime.testing.Await;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Items that change between bundles, with two replicas of candidate generation that follow the log of the gateway. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(TinyFunnelExtension.class)
class LiveItemTest {
    private static final int REPLICAS = 2;
    private static final int CHANGES = 2;
    private static final long SHOWN_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How long replicas serve without a word of the log's owner: far longer than they may lag while they hear it, 1 s. */
    private static final long MOST_SILENCE_SECONDS = 8;

    /** Requests that start after the promised second, of which each replica answers some. */
    private static final int ASKED_AFTER = 20;

    private final TinyFunnel funnel;
    private final LocalCluster cluster;
    private final StockClient client;

    LiveItemTest(TinyFunnel funnel) throws IOException, InterruptedException {
        this.funnel = funnel;
        Path log = Files.createDirectories(funnel.bundles().resolveSibling("live-items-log"));
        ClusterPlan plan = funnel.plan("live-items").withItemLog(log).withReplicas(Map.of(Service.CANDIDATE, REPLICAS));
        plan.configuration(Service.CANDIDATE).set(MOST_SILENCE_SECONDS + "s", "item_log", "most_silence");
        this.cluster = LocalCluster.start(plan);
        this.client = new StockClient(cluster.port(Service.GATEWAY));
    }

    @AfterAll
    void stop() {
        client.close();
        cluster.close();
    }

    @Test
    void an_acknowledged_change_shows_in_every_request_that_starts_a_second_later() {
        for (int change = 0; change < CHANGES; change++) {
            String id = "live-" + change;
            upsert(id);
            assertSlates(id, List.of(id));
            remove(id);
            assertSlates(id, List.of());
        }
    }

    /** Nothing else is said of the item: no uploader, no categories. */
    @Test
    void who_watched_a_new_item_is_why_factors_find_it_for_people_like_them() {
        String asking = funnel.world().userId(7);
        upsert("watched", List.of(asking, funnel.world().userId(17), "nobody"));
        Await.calmly("als finds it, placed by who watched it", () -> {
            RecommendResponse slate = recommendOnly(asking, "watched");
            return slate.getItemsList().stream().anyMatch(LiveItemTest::isPlacedByWatchers);
        });
        remove("watched");
    }

    private static boolean isPlacedByWatchers(RecommendedItem item) {
        int als = item.getSourcesList().indexOf("als");
        return als >= 0 && item.getSourceItemOrigins(als) == ItemOrigin.ITEM_ORIGIN_WATCHERS;
    }

    @Test
    void replicas_that_cannot_hear_the_log_serve_on_for_as_long_as_configured_and_then_not_until_they_can()
            throws Exception {
        awaitHealth(ServingStatus.SERVING);
        long before = System.nanoTime();
        signalGateway("STOP");
        try {
            awaitHealth(ServingStatus.NOT_SERVING);
            double served = (System.nanoTime() - before) / 1e9;
            assertTrue(served > MOST_SILENCE_SECONDS / 2.0, "they served for " + served + " s");
        } finally {
            signalGateway("CONT");
        }
        awaitHealth(ServingStatus.SERVING);
        upsert("after-the-pause");
        assertSlates("after-the-pause", List.of("after-the-pause"));
    }

    /** Asks again and again; from a second after now on, every slate for that item alone must be as expected. */
    private void assertSlates(String id, List<String> expected) {
        long shown = System.nanoTime() + SHOWN_WITHIN_NANOS;
        int after = 0;
        while (after < ASKED_AFTER) {
            boolean late = System.nanoTime() >= shown;
            RecommendResponse slate = recommendOnly("u7", id);
            if (late) {
                assertEquals(
                        expected,
                        slate.getItemsList().stream()
                                .map(RecommendedItem::getItemId)
                                .toList(),
                        slate::toString);
                after++;
            }
        }
    }

    private RecommendResponse recommendOnly(String userId, String id) {
        ItemPredicate only = ItemPredicate.newBuilder()
                .setEquals(Comparison.newBuilder()
                        .setColumn("id")
                        .setValue(Operand.newBuilder().setText(id)))
                .build();
        return RecommendationServiceGrpc.newBlockingStub(client.channel())
                .withDeadlineAfter(TinyFunnel.PATIENCE_SECONDS, TimeUnit.SECONDS)
                .recommend(funnel.request(query -> query.setUserId(userId).setFilter(only))
                        .setExplain(true)
                        .build());
    }

    private void upsert(String id) {
        upsert(id, List.of());
    }

    private void upsert(String id, List<String> watchers) {
        Item item = Item.newBuilder()
                .setItemId(id)
                .addAllWatchedBy(watchers)
                .setTitle("Uploaded just now")
                .setPublishedAt(
                        Timestamp.newBuilder().setSeconds(funnel.now().getSeconds() - TimeUnit.HOURS.toSeconds(1)))
                .build();
        var response = items().upsertItems(
                        UpsertItemsRequest.newBuilder().addItems(item).build());
        assertTrue(response.getResults(0).getAccepted(), response::toString);
    }

    private void remove(String id) {
        var response = items().removeItems(
                        RemoveItemsRequest.newBuilder().addItemIds(id).build());
        assertTrue(response.getResults(0).getAccepted(), response::toString);
    }

    private ItemServiceGrpc.ItemServiceBlockingStub items() {
        return ItemServiceGrpc.newBlockingStub(client.channel())
                .withDeadlineAfter(TinyFunnel.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private void awaitHealth(ServingStatus wanted) {
        for (String target : cluster.targets(Service.CANDIDATE, 0)) {
            int port = Integer.parseInt(target.substring(target.lastIndexOf(':') + 1));
            try (StockClient replica = new StockClient(port)) {
                Await.calmly(target + " is " + wanted, () -> health(replica) == wanted);
            }
        }
    }

    private static ServingStatus health(StockClient replica) {
        return HealthGrpc.newBlockingStub(replica.channel())
                .withDeadlineAfter(TinyFunnel.PATIENCE_SECONDS, TimeUnit.SECONDS)
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus();
    }

    private void signalGateway(String signal) throws IOException, InterruptedException {
        long pid = cluster.process(Service.GATEWAY).handle().pid();
        assertEquals(
                0,
                new ProcessBuilder("kill", "-" + signal, String.valueOf(pid))
                        .start()
                        .waitFor());
    }
}
