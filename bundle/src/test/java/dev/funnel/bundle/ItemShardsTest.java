package dev.funnel.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.testing.SmallBundle;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ItemShardsTest {
    @TempDir
    private Path root;

    /**
     * By the rule, in Python: {896ode h = 0xcbf29ce484222325; for b in s.encode(): h = (h ^ b) * 0x100000001b3 % 2**64}, then {896ode
     * ((h ^ h >> 32) & 0xffffffff) % n}.
     */
    @ParameterizedTest
    @CsvSource({"a, 1, 0", "a, 1000, 864", "item-07, 1000, 879", "öäü, 1000, 896", "'', 4096, 4033"})
    void the_shard_of_an_id_is_as_the_rule_says(String id, int count, int shard) {
        assertEquals(shard, ItemShards.of(id, count));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 64, 500})
    void every_row_is_in_the_range_of_its_shard(int count) throws Exception {
        try (Bundle bundle = Bundle.open(SmallBundle.directory(root, SmallBundle.publishSharded(root, count)))) {
            ItemShards shards = bundle.shards();
            assertEquals(count, shards.count());
            int rows = 0;
            for (int shard = 0; shard < count; shard++) {
                assertEquals(rows, shards.from(shard));
                for (; rows < shards.to(shard); rows++) {
                    assertEquals(shard, ItemShards.of(bundle.items().id(rows), count));
                    assertEquals(shard, shards.shardOf(bundle.items(), rows));
                }
            }
            assertEquals(bundle.items().size(), rows);
        }
    }

    @Test
    void a_bundle_whose_items_are_not_in_the_order_of_shards_is_refused() throws Exception {
        BundleRefusedException refusal = assertThrows(BundleRefusedException.class, this::publishUnordered);
        assertEquals("items.safetensors", refusal.file());
        assertTrue(refusal.toString().contains("order of shards"), refusal.toString());
    }

    private void publishUnordered() throws IOException, BundleRefusedException {
        try (BundleStore.Draft draft = SmallBundle.store(root).draft()) {
            draft.publish(SmallBundle.fill(draft, SmallBundle.SEED).withShards(4));
        }
    }
}
