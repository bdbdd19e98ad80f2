package dev.funnel.gateway.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.live.ItemChange;
import dev.funnel.proto.gateway.v1.Item;
import dev.funnel.proto.gateway.v1.ItemServiceGrpc;
import dev.funnel.proto.gateway.v1.UpsertItemsRequest;
import dev.funnel.runtime.deadline.Ticker;
import dev.funnel.runtime.grpc.Channels;
import dev.funnel.runtime.live.ItemChangeSink;
import dev.funnel.runtime.log.GrpcItemLogSource;
import dev.funnel.runtime.log.ItemLogFollower;
import dev.funnel.runtime.log.ItemLogSettings;
import dev.funnel.runtime.log.ItemLogSource;
import dev.funnel.runtime.log.LogUnavailableException;
import dev.funnel.runtime.testing.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Following the log of a gateway over a socket. */
class FollowedOwnerTest {
    private static final Duration MOST_LAG = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final Channels channels = new Channels();

    @AfterEach
    void close() {
        channels.close();
    }

    @Test
    void a_follower_hears_every_change_in_order_lags_without_the_owner_and_goes_on_when_it_is_back() {
        Taken taken = new Taken();
        String address;
        ItemLogFollower follower;
        try (RunningGateway owner = owner("0")) {
            address = owner.address();
            upsert(owner, "a", "b");
            follower = new ItemLogFollower(source(address), taken, () -> OptionalLong.of(0), MOST_LAG, Ticker.SYSTEM);
            follower.start();
            Await.until("both are heard", () -> taken.items.equals(List.of("a", "b")));
            Await.until("it keeps up", () -> follower.status().lagging().isEmpty());
            upsert(owner, "c");
            Await.until("the third is heard", () -> taken.items.equals(List.of("a", "b", "c")));
        }
        try (follower) {
            Await.until("it lags", () -> follower.status().lagging().contains("ahead by more than 1s"));
            try (RunningGateway owner = owner(address.substring(address.lastIndexOf(':') + 1))) {
                upsert(owner, "d");
                Await.until(
                        "it keeps up again", () -> follower.status().lagging().isEmpty());
                Await.until("each is heard once", () -> taken.items.equals(List.of("a", "b", "c", "d")));
                assertEquals(4, follower.status().position());
            }
        }
    }

    @Test
    void positions_that_the_log_does_not_have_are_refused_with_those_it_has() throws Exception {
        try (RunningGateway owner = owner("0")) {
            upsert(owner, "a");
            try (ItemLogSource.Stream stream = source(owner.address()).open(5, 0)) {
                LogUnavailableException refused =
                        assertThrows(LogUnavailableException.class, () -> stream.next(PATIENCE));
                assertTrue(
                        String.valueOf(refused.getMessage())
                                .contains("OUT_OF_RANGE: from_position: 5 must be between the oldest position 1"),
                        refused.toString());
            }
        }
    }

    private ItemLogSource source(String address) {
        return GrpcItemLogSource.open(channels, new ItemLogSettings(address, MOST_LAG, null));
    }

    private RunningGateway owner(String port) {
        return RunningGateway.serving(
                folder.resolve("bundles"),
                Map.of(
                        "SERVER_PORT",
                        port,
                        "ITEM_LOG_STORE_FOLDER",
                        folder.resolve("item-log").toString()),
                "");
    }

    private static void upsert(RunningGateway owner, String... ids) {
        UpsertItemsRequest.Builder request = UpsertItemsRequest.newBuilder();
        for (String id : ids) {
            request.addItems(Item.newBuilder().setItemId(id));
        }
        ItemServiceGrpc.newBlockingStub(owner.channel())
                .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .upsertItems(request.build());
    }

    /** Remembers the items of the entries, in order. */
    private static final class Taken implements ItemChangeSink {
        final List<String> items = new CopyOnWriteArrayList<>();

        @Override
        public long nextPosition() {
            return items.size() + 1L;
        }

        @Override
        public boolean take(long from, List<ItemChange> changes) {
            assertEquals(nextPosition(), from);
            changes.forEach(change -> items.add(change.item().value()));
            return true;
        }

        @Override
        public long publicationMillis() {
            return 0;
        }
    }
}
