package dev.funnel.benchmarks.serve;

import com.google.protobuf.Timestamp;
import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.proto.gateway.v1.Item;
import dev.funnel.proto.gateway.v1.ItemVector;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * New items, each lying where an item of the bundle does in every generator that has vectors, so that searches find them as often.
 *
 * @param vectors of the bundle's items, by generator
 * @param size how many items the bundle has
 * @param now at which the items are published already
 */
record UpsertedItems(Map<String, FloatMatrix> vectors, int size, Timestamp now) {
    private static final String PREFIX = "bench-";

    /** A prime, so that items which follow each other lie apart. */
    private static final long STRIDE = 7_919;

    static UpsertedItems like(Bundle bundle, Set<String> generators, Timestamp now) throws BundleRefusedException {
        Map<String, FloatMatrix> vectors = new LinkedHashMap<>();
        int size = bundle.items().size();
        for (String name : generators) {
            GeneratorEntry entry = bundle.manifest().generator(name);
            if (entry != null && entry.dimensions() > 0) {
                vectors.put(name, bundle.tensors(entry.file()).floats("item_factors", size, entry.dimensions()));
            }
        }
        return new UpsertedItems(vectors, size, now);
    }

    /** Whether an item is one of these. */
    static boolean isOne(String itemId) {
        return itemId.startsWith(PREFIX);
    }

    Item item(int number) {
        String id = PREFIX + number;
        Item.Builder item = Item.newBuilder()
                .setItemId(id)
                .setTitle("live item " + id)
                .addCategories("bench")
                .setUploader("bench")
                .setPublishedAt(Timestamp.newBuilder().setSeconds(now.getSeconds() - 1));
        int like = (int) (number * STRIDE % size);
        vectors.forEach((generator, rows) -> {
            ItemVector.Builder vector = ItemVector.newBuilder();
            for (float value : rows.row(like)) {
                vector.addValues(value);
            }
            item.putVectors(generator, vector.build());
        });
        return item.build();
    }
}
