package dev.funnel.gateway.grpc;

import dev.funnel.gateway.item.ItemLogStore;
import dev.funnel.gateway.item.OwnItemLogSource;
import dev.funnel.gateway.item.SyncedItemLog;
import dev.funnel.gateway.snapshot.GatewaySnapshot;
import dev.funnel.runtime.bundle.Snapshots;
import dev.funnel.runtime.deadline.Ticker;
import dev.funnel.runtime.grpc.StartFailure;
import dev.funnel.runtime.live.LiveItemSettings;
import dev.funnel.runtime.log.ItemLogFollowing;
import io.grpc.BindableService;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The item log of a gateway that owns one, with the services over it; of a gateway that owns none, nothing. */
public record OwnedItemLog(
        @Nullable SyncedItemLog log,
        @Nullable ItemLogGrpc tails,
        List<BindableService> services,
        Optional<ItemLogFollowing> following)
        implements AutoCloseable {

    /** @throws StartFailure if the log is damaged, owned by another process, or cannot be written */
    public static OwnedItemLog open(
            @Nullable ItemLogStore store,
            LiveItemSettings liveItems,
            Snapshots<GatewaySnapshot> snapshots,
            InstantSource clock) {
        if (store == null) {
            return new OwnedItemLog(null, null, List.of(), Optional.empty());
        }
        try {
            SyncedItemLog log = SyncedItemLog.open(store, snapshots::oldestItemLogPosition, clock, Ticker.SYSTEM);
            ItemLogGrpc tails = new ItemLogGrpc(log, store.heartbeat(), store.maxTails());
            ItemLogFollowing following = ItemLogFollowing.own(
                    new OwnItemLogSource(log, store.heartbeat()),
                    liveItems,
                    store.mostLag(),
                    snapshots::oldestItemLogPosition);
            return new OwnedItemLog(log, tails, List.of(new ItemGrpc(snapshots, log), tails), Optional.of(following));
        } catch (IOException e) {
            throw new StartFailure("item_log_store.folder: " + e.getMessage(), e);
        }
    }

    /** What the gateway serves: {@code others} and the services over the log. */
    public List<BindableService> besides(List<BindableService> others) {
        return Stream.concat(others.stream(), services.stream()).toList();
    }

    /** Ends the streams of those who tail, which would go on for ever. */
    public void endTails() {
        if (tails != null) {
            tails.endAll();
        }
    }

    @Override
    public void close() {
        if (log != null) {
            log.close();
        }
    }
}
