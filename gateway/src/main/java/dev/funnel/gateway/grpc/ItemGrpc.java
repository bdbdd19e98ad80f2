package dev.funnel.gateway.grpc;

import dev.funnel.bundle.ItemId;
import dev.funnel.bundle.live.ItemChange;
import dev.funnel.bundle.live.Upsert;
import dev.funnel.bundle.log.NewEntry;
import dev.funnel.gateway.item.CatalogueRules;
import dev.funnel.gateway.item.ItemLog;
import dev.funnel.gateway.snapshot.GatewaySnapshot;
import dev.funnel.proto.gateway.v1.Item;
import dev.funnel.proto.gateway.v1.ItemChangeResult;
import dev.funnel.proto.gateway.v1.ItemServiceGrpc;
import dev.funnel.proto.gateway.v1.RemoveItemsRequest;
import dev.funnel.proto.gateway.v1.RemoveItemsResponse;
import dev.funnel.proto.gateway.v1.UpsertItemsRequest;
import dev.funnel.proto.gateway.v1.UpsertItemsResponse;
import dev.funnel.runtime.bundle.Lease;
import dev.funnel.runtime.bundle.Snapshots;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.error.CallerError;
import dev.funnel.runtime.wire.Bounds;
import dev.funnel.runtime.wire.ItemsFromWire;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * {@code gateway.v1.ItemService} over the log that this gateway owns: checks every item for itself, appends the sound ones together, and
 * answers when they are durable.
 */
public final class ItemGrpc extends ItemServiceGrpc.ItemServiceImplBase {
    private static final int MOST_ITEMS = 1_000;

    /** What an entry takes in the log beside the item: its position, its time, lengths. */
    private static final int ENTRY_BYTES = 40;

    private final Snapshots<GatewaySnapshot> snapshots;
    private final ItemLog log;

    public ItemGrpc(Snapshots<GatewaySnapshot> snapshots, ItemLog log) {
        this.snapshots = snapshots;
        this.log = log;
    }

    @Override
    public void upsertItems(UpsertItemsRequest request, StreamObserver<UpsertItemsResponse> caller) {
        Bounds.atMost("items", request.getItemsList(), MOST_ITEMS);
        Changes changes = new Changes();
        CatalogueRules rules = rules();
        for (int i = 0; i < request.getItemsCount(); i++) {
            Item item = request.getItems(i);
            String field = "items[" + i + "]";
            changes.add(item.getItemId(), item.getSerializedSize(), () -> upsert(field, item, rules));
        }
        long position = appended(changes);
        caller.onNext(UpsertItemsResponse.newBuilder()
                .addAllResults(changes.results)
                .setLogPosition(position)
                .build());
        caller.onCompleted();
    }

    @Override
    public void removeItems(RemoveItemsRequest request, StreamObserver<RemoveItemsResponse> caller) {
        Bounds.atMost("item_ids", request.getItemIdsList(), MOST_ITEMS);
        Changes changes = new Changes();
        for (int i = 0; i < request.getItemIdsCount(); i++) {
            String itemId = request.getItemIds(i);
            String field = "item_ids[" + i + "]";
            changes.add(
                    itemId,
                    itemId.length(),
                    () -> new NewEntry(new ItemId(Bounds.requiredId(field, itemId)), new ItemChange.Remove()));
        }
        long position = appended(changes);
        caller.onNext(RemoveItemsResponse.newBuilder()
                .addAllResults(changes.results)
                .setLogPosition(position)
                .build());
        caller.onCompleted();
    }

    private CatalogueRules rules() {
        try (Lease<GatewaySnapshot> lease = snapshots.lease()) {
            return lease.snapshot().catalogue();
        }
    }

    private static NewEntry upsert(String field, Item item, CatalogueRules rules) {
        ItemId id = new ItemId(Bounds.requiredId(field + ".item_id", item.getItemId()));
        Upsert upsert = ItemsFromWire.upsert(field, item);
        rules.check(field, upsert);
        return new NewEntry(id, upsert);
    }

    private long appended(Changes changes) {
        return changes.accepted.isEmpty()
                ? log.newestPosition()
                : log.append(changes.accepted, changes.bytes, Deadline.ofCall());
    }

    /** The changes of one request, each accepted or refused for itself. */
    private static final class Changes {
        private final List<NewEntry> accepted = new ArrayList<>();
        private final List<ItemChangeResult> results = new ArrayList<>();
        private int bytes;

        void add(String itemId, int itemBytes, Supplier<NewEntry> reading) {
            ItemChangeResult.Builder result = ItemChangeResult.newBuilder().setItemId(itemId);
            try {
                accepted.add(reading.get());
                bytes += itemBytes + ENTRY_BYTES;
                result.setAccepted(true);
            } catch (CallerError e) {
                result.setRefusal(String.valueOf(e.getMessage()));
            }
            results.add(result.build());
        }
    }
}
