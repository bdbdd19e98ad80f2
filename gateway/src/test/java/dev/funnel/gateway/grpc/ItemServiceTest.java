package dev.funnel.gateway.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Timestamp;
import com.google.rpc.RetryInfo;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.proto.common.v1.FeatureValue;
import dev.funnel.proto.gateway.v1.Item;
import dev.funnel.proto.gateway.v1.ItemChangeResult;
import dev.funnel.proto.gateway.v1.ItemLogEntry;
import dev.funnel.proto.gateway.v1.ItemLogServiceGrpc;
import dev.funnel.proto.gateway.v1.ItemServiceGrpc;
import dev.funnel.proto.gateway.v1.ItemServiceGrpc.ItemServiceBlockingStub;
import dev.funnel.proto.gateway.v1.ItemVector;
import dev.funnel.proto.gateway.v1.RemoveItemsRequest;
import dev.funnel.proto.gateway.v1.RemoveItemsResponse;
import dev.funnel.proto.gateway.v1.TailRequest;
import dev.funnel.proto.gateway.v1.TailResponse;
import dev.funnel.proto.gateway.v1.UpsertItemsRequest;
import dev.funnel.proto.gateway.v1.UpsertItemsResponse;
import dev.funnel.runtime.grpc.Failures;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ItemServiceTest {
    @TempDir
    private Path folder;

    @Test
    void sound_items_are_durable_and_each_other_one_is_refused_with_its_reason() {
        try (RunningGateway gateway = owner(Map.of())) {
            UpsertItemsResponse response = items(gateway)
                    .upsertItems(UpsertItemsRequest.newBuilder()
                            .addItems(item("new-1").setTitle("One").addCategories("topic-1"))
                            .addItems(item(""))
                            .addItems(item("x".repeat(129)))
                            .addItems(item("new-2").putColumns("titel", text("Two")))
                            .addItems(item("new-3").putColumns("uploader", number(3)))
                            .addItems(item("new-4").setDurationSeconds(Double.NaN))
                            .addItems(item("new-5").putVectors("alss", vector(8)))
                            .addItems(item("new-6").putVectors("als", vector(3)))
                            .addItems(item("new-7")
                                    .setPublishedAt(Timestamp.newBuilder().setNanos(-1)))
                            .addItems(item("new-8")
                                    .putVectors("als", vector(SmallBundle.DIMENSIONS))
                                    .addWatchedBy("user-03")
                                    .addWatchedBy("nobody"))
                            .addItems(item("new-9").addWatchedBy("user-03").addWatchedBy(""))
                            .addItems(item("new-10").addWatchedBy("ü".repeat(65)))
                            .addItems(item("new-11").addAllWatchedBy(Collections.nCopies(101, "u")))
                            .build());
            assertEquals(2, response.getLogPosition());
            assertEquals(
                    List.of(true, false, false, false, false, false, false, false, false, true, false, false, false),
                    response.getResultsList().stream()
                            .map(ItemChangeResult::getAccepted)
                            .toList());
            assertRefused(response, 1, "items[1].item_id: \"\" must not be empty");
            assertRefused(response, 2, "must be at most 128 bytes");
            assertRefused(response, 3, "items[3].columns[\"titel\"]", "must be a column", "did you mean \"title\"?");
            assertRefused(response, 4, "items[4].columns[\"uploader\"]: \"a number\" must be a text");
            assertRefused(response, 5, "items[5].duration_seconds: NaN must be finite");
            assertRefused(response, 6, "vectors[\"alss\"]", "did you mean \"als\"?");
            assertRefused(response, 7, "3 values", "must be " + SmallBundle.DIMENSIONS + " values");
            assertRefused(response, 8, "items[8].published_at", "must be between the years 1 and 9999");

            assertRefused(response, 10, "items[10].watched_by[1]: \"\" must not be empty");
            assertRefused(response, 11, "items[11].watched_by[0]", "must be at most 128 bytes");
            assertRefused(response, 12, "items[12].watched_by: 101 entries must be at most 100 entries");

            RemoveItemsResponse removed = items(gateway)
                    .removeItems(RemoveItemsRequest.newBuilder()
                            .addItemIds("new-1")
                            .addItemIds("")
                            .build());
            assertEquals(3, removed.getLogPosition());
            assertFalse(removed.getResults(1).getAccepted());

            List<ItemLogEntry> entries = tail(gateway, 1, seen -> seen.size() == 3);
            assertEquals("One", entries.get(0).getUpsert().getTitle());
            assertEquals(
                    SmallBundle.DIMENSIONS,
                    entries.get(1).getUpsert().getVectorsOrThrow("als").getValuesCount());
            assertEquals(
                    List.of("user-03", "nobody"), entries.get(1).getUpsert().getWatchedByList());
            assertEquals("new-1", entries.get(2).getRemoveItemId());
            assertEquals(
                    List.of(1L, 2L, 3L),
                    entries.stream().map(ItemLogEntry::getPosition).toList());
        }
    }

    @Test
    void a_request_with_too_many_items_is_refused_whole() {
        try (RunningGateway gateway = owner(Map.of())) {
            UpsertItemsRequest request = UpsertItemsRequest.newBuilder()
                    .addAllItems(Collections.nCopies(1_001, item("a").build()))
                    .build();
            StatusRuntimeException refused = assertThrows(
                    StatusRuntimeException.class, () -> items(gateway).upsertItems(request));
            assertEquals(Status.Code.INVALID_ARGUMENT, refused.getStatus().getCode());
            assertTrue(
                    String.valueOf(refused.getStatus().getDescription())
                            .contains("items: 1001 entries must be at most 1000 entries"),
                    refused.toString());
        }
    }

    @Test
    void at_its_bound_the_log_refuses_and_says_which_bound_and_when_to_try_again() {
        try (RunningGateway gateway = owner(Map.of("ITEM_LOG_STORE_MAX_ENTRIES", "3"))) {
            upsert(gateway, "a", "b");
            StatusRuntimeException refused =
                    assertThrows(StatusRuntimeException.class, () -> upsert(gateway, "c", "d"));
            assertEquals(Status.Code.RESOURCE_EXHAUSTED, refused.getStatus().getCode());
            assertTrue(
                    String.valueOf(refused.getStatus().getDescription())
                            .contains("item_log_store.max_entries: the log holds 2 and 2 more, must be at most 3"),
                    refused.toString());
            assertTrue(Failures.detail(refused, RetryInfo.class).isPresent(), "says when to try again");
            assertEquals(3, upsert(gateway, "c").getLogPosition(), "what fits is taken");
        }
    }

    @Test
    void a_log_that_may_hold_more_than_replicas_can_is_refused_at_the_start() {
        RuntimeException refused =
                assertThrows(RuntimeException.class, () -> owner(Map.of("LIVE_ITEMS_MAX_ITEMS", "99999")));
        assertTrue(
                String.valueOf(refused.getMessage())
                        .contains(
                                "item_log_store.max_entries: 100000 must be at most live_items.max_items, which is 99999"),
                refused.toString());
    }

    @Test
    void what_was_acknowledged_is_there_after_a_restart_and_others_cannot_own_it_meanwhile() {
        try (RunningGateway gateway = owner(Map.of())) {
            upsert(gateway, "a", "b");
        }
        try (RunningGateway gateway = owner(Map.of())) {
            assertEquals(3, upsert(gateway, "c").getLogPosition());
            List<ItemLogEntry> entries = tail(gateway, 0, seen -> seen.size() == 3);
            assertEquals(
                    List.of("a", "b", "c"),
                    entries.stream().map(entry -> entry.getUpsert().getItemId()).toList());
            RuntimeException refused = assertThrows(RuntimeException.class, () -> owner(Map.of()));
            assertTrue(String.valueOf(refused.getMessage()).contains("owned by another process"), refused.toString());
        }
    }

    @Test
    void who_tails_hears_what_is_new_and_the_end_while_nothing_is() {
        try (RunningGateway gateway = owner(Map.of())) {
            upsert(gateway, "a");
            Iterator<TailResponse> tail = ItemLogServiceGrpc.newBlockingStub(gateway.channel())
                    .withDeadlineAfter(20, TimeUnit.SECONDS)
                    .tail(TailRequest.newBuilder().setFromPosition(1).build());
            assertEquals(1, tail.next().getEntries(0).getPosition());
            TailResponse heartbeat = tail.next();
            assertEquals(0, heartbeat.getEntriesCount());
            assertEquals(1, heartbeat.getNewestPosition());
            upsert(gateway, "b", "c");
            List<Long> positions = new ArrayList<>();
            while (positions.size() < 2) {
                tail.next().getEntriesList().forEach(entry -> positions.add(entry.getPosition()));
            }
            assertEquals(List.of(2L, 3L), positions);
        }
    }

    @Test
    void positions_that_the_log_does_not_have_are_out_of_range() {
        try (RunningGateway gateway = owner(Map.of())) {
            upsert(gateway, "a");
            StatusRuntimeException refused =
                    assertThrows(StatusRuntimeException.class, () -> tail(gateway, 3, seen -> false));
            assertEquals(Status.Code.OUT_OF_RANGE, refused.getStatus().getCode());
            assertTrue(
                    String.valueOf(refused.getStatus().getDescription())
                            .contains("between the oldest position 1 and one after the newest 1"),
                    refused.toString());
        }
    }

    @Test
    void many_callers_at_once_get_positions_of_their_own_and_nothing_is_lost() throws Exception {
        int callers = 8;
        int each = 25;
        List<Long> positions = Collections.synchronizedList(new ArrayList<>());
        try (RunningGateway gateway = owner(Map.of())) {
            List<Thread> threads = new ArrayList<>();
            for (int c = 0; c < callers; c++) {
                String name = "caller-" + c + "-";
                threads.add(Thread.startVirtualThread(() -> {
                    for (int i = 0; i < each; i++) {
                        positions.add(upsert(gateway, name + i).getLogPosition());
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(
                    LongStream.rangeClosed(1, callers * each).boxed().toList(),
                    positions.stream().sorted().toList());
            List<ItemLogEntry> entries = tail(gateway, 1, seen -> seen.size() == callers * each);
            assertEquals(
                    callers * each,
                    entries.stream()
                            .map(entry -> entry.getUpsert().getItemId())
                            .distinct()
                            .count());
        }
    }

    @Test
    void a_gateway_that_owns_no_log_does_not_serve_it() {
        try (RunningGateway gateway = RunningGateway.serving(folder)) {
            StatusRuntimeException refused = assertThrows(StatusRuntimeException.class, () -> upsert(gateway, "a"));
            assertEquals(Status.Code.UNIMPLEMENTED, refused.getStatus().getCode());
        }
    }

    private RunningGateway owner(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("METRICS_PORT", "0");
        all.put("ITEM_LOG_STORE_FOLDER", folder.resolve("item-log").toString());
        return RunningGateway.serving(folder.resolve("bundles"), all, "");
    }

    private static List<ItemLogEntry> tail(RunningGateway gateway, long from, Predicate<List<ItemLogEntry>> enough) {
        List<ItemLogEntry> seen = new ArrayList<>();
        try (Context.CancellableContext call = Context.current().withCancellation()) {
            call.run(() -> {
                Iterator<TailResponse> tail = ItemLogServiceGrpc.newBlockingStub(gateway.channel())
                        .withDeadlineAfter(20, TimeUnit.SECONDS)
                        .tail(TailRequest.newBuilder().setFromPosition(from).build());
                while (!enough.test(seen)) {
                    seen.addAll(tail.next().getEntriesList());
                }
            });
        }
        return seen;
    }

    private static UpsertItemsResponse upsert(RunningGateway gateway, String... ids) {
        UpsertItemsRequest.Builder request = UpsertItemsRequest.newBuilder();
        for (String id : ids) {
            request.addItems(item(id));
        }
        return items(gateway).upsertItems(request.build());
    }

    private static ItemServiceBlockingStub items(RunningGateway gateway) {
        return ItemServiceGrpc.newBlockingStub(gateway.channel()).withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    private static Item.Builder item(String id) {
        return Item.newBuilder().setItemId(id);
    }

    private static FeatureValue text(String text) {
        return FeatureValue.newBuilder().setText(text).build();
    }

    private static FeatureValue number(double number) {
        return FeatureValue.newBuilder().setNumber(number).build();
    }

    private static ItemVector vector(int dimensions) {
        return ItemVector.newBuilder()
                .addAllValues(Collections.nCopies(dimensions, 0.5f))
                .build();
    }

    private static void assertRefused(UpsertItemsResponse response, int index, String... said) {
        String refusal = response.getResults(index).getRefusal();
        assertNotNull(refusal);
        for (String part : said) {
            assertTrue(refusal.contains(part), refusal);
        }
    }
}
