package dev.funnel.gateway.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.gateway.GatewayMain;
import dev.funnel.proto.gateway.v1.Item;
import dev.funnel.proto.gateway.v1.ItemLogEntry;
import dev.funnel.proto.gateway.v1.ItemLogServiceGrpc;
import dev.funnel.proto.gateway.v1.ItemServiceGrpc;
import dev.funnel.proto.gateway.v1.TailRequest;
import dev.funnel.proto.gateway.v1.TailResponse;
import dev.funnel.proto.gateway.v1.UpsertItemsRequest;
import dev.funnel.runtime.testing.Await;
import dev.funnel.runtime.testing.ForkedProcess;
import dev.funnel.runtime.testing.WireClient;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The owner of the item log in a process of its own, killed while it takes changes. */
class KilledOwnerTest {
    private static final int CALLERS = 4;
    private static final int ENOUGH = 150;

    @TempDir
    private Path folder;

    @Test
    void after_kill_9_in_the_middle_of_upserts_every_acknowledged_one_is_there() throws Exception {
        SmallBundle.publish(folder.resolve("bundles"));
        ConcurrentSkipListSet<String> acknowledged = new ConcurrentSkipListSet<>();
        try (WireClient client = new WireClient();
                ForkedProcess owner = start()) {
            Channel channel = client.channel(address(owner));
            List<Thread> callers = IntStream.range(0, CALLERS)
                    .mapToObj(caller ->
                            Thread.startVirtualThread(() -> upsertUntilItFails(channel, "c" + caller, acknowledged)))
                    .toList();
            Await.until("enough is acknowledged", () -> acknowledged.size() >= ENOUGH);
            owner.kill();
            for (Thread caller : callers) {
                caller.join();
            }
        }
        try (WireClient client = new WireClient();
                ForkedProcess owner = start()) {
            List<ItemLogEntry> entries = all(client.channel(address(owner)));
            List<String> there =
                    entries.stream().map(entry -> entry.getUpsert().getItemId()).toList();
            assertTrue(there.containsAll(acknowledged), acknowledged.size() + " acknowledged, there are " + there);
            assertEquals(
                    LongStream.rangeClosed(1, entries.size()).boxed().toList(),
                    entries.stream().map(ItemLogEntry::getPosition).toList());
        }
    }

    private static void upsertUntilItFails(Channel channel, String caller, ConcurrentSkipListSet<String> acknowledged) {
        try {
            for (int i = 0; ; i++) {
                String id = caller + "-" + i;
                Item item =
                        Item.newBuilder().setItemId(id).setTitle("Item " + id).build();
                var response = ItemServiceGrpc.newBlockingStub(channel)
                        .upsertItems(
                                UpsertItemsRequest.newBuilder().addItems(item).build());
                assertTrue(
                        response.getResults(0).getAccepted(),
                        response.getResults(0).getRefusal());
                acknowledged.add(id);
            }
        } catch (StatusRuntimeException e) {
            assertTrue(!acknowledged.isEmpty(), "it is killed, not refusing: " + e);
        }
    }

    private static List<ItemLogEntry> all(Channel channel) {
        Iterator<TailResponse> tail = ItemLogServiceGrpc.newBlockingStub(channel)
                .tail(TailRequest.newBuilder().setFromPosition(1).build());
        List<ItemLogEntry> entries = new ArrayList<>();
        for (TailResponse next = tail.next(); next.getEntriesCount() > 0; next = tail.next()) {
            entries.addAll(next.getEntriesList());
        }
        return entries;
    }

    private ForkedProcess start() throws Exception {
        Map<String, String> environment = new HashMap<>(Map.of(
                "FUNNEL_SERVER_PORT",
                "0",
                "FUNNEL_METRICS_PORT",
                "0",
                "FUNNEL_BUNDLES_ROOT",
                folder.resolve("bundles").toString(),
                "FUNNEL_BUNDLES_NAME",
                SmallBundle.NAME,
                "FUNNEL_BUNDLES_POLL",
                "20ms",
                "FUNNEL_WARM_UP_LONGEST",
                "0s",
                "FUNNEL_ITEM_LOG_STORE_FOLDER",
                folder.resolve("item-log").toString()));
        return ForkedProcess.start(GatewayMain.class, environment, "--config", "../deploy/config/gateway.yaml");
    }

    private static String address(ForkedProcess owner) {
        return owner.awaitLine("ready gateway ").split(" ")[2];
    }
}
