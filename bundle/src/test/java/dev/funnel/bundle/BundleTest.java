package dev.funnel.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.testing.SmallBundle;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {
    @TempDir
    Path root;

    @Test
    void a_published_bundle_opens_with_what_the_trainer_put_in() throws Exception {
        try (Bundle bundle = open()) {
            assertEquals(SmallBundle.ITEMS, bundle.items().size());
            assertEquals(SmallBundle.USERS, bundle.users().size());
            assertEquals(SmallBundle.NOW, bundle.manifest().trainedUntil());
            assertEquals(0.1, generator(bundle, "als").parameters().get("unobserved_weight"));
            FloatMatrix factors = bundle.tensors("generators/als.safetensors").floats("item_factors");
            assertEquals(SmallBundle.ITEMS, factors.rows());
            assertEquals(SmallBundle.DIMENSIONS, factors.columns());
        }
    }

    @Test
    void the_same_seed_and_time_give_the_same_version() throws Exception {
        BundleVersion here = SmallBundle.publish(root.resolve("here"));
        BundleVersion there = SmallBundle.publish(root.resolve("there"));
        assertEquals(here, there);
        assertEquals(SmallBundle.NOW, here.published());
    }

    @Test
    void a_bundle_can_be_moved_as_long_as_its_directory_keeps_its_name() throws Exception {
        BundleVersion version = SmallBundle.publish(root);
        Path moved = root.resolve(version.value());
        Files.move(SmallBundle.directory(root, version), moved);
        assertEquals(version, BundleVerifier.verify(moved).version());
    }

    @Test
    void closing_twice_unmaps_once() throws Exception {
        Bundle bundle = open();
        IntVector order = bundle.tensors("items.safetensors").ints("id.order");
        bundle.close();
        bundle.close();
        assertThrows(IllegalStateException.class, () -> order.get(0));
    }

    @Test
    void a_file_that_is_not_listed_is_asked_for_in_vain() throws Exception {
        try (Bundle bundle = open()) {
            assertThrows(IllegalArgumentException.class, () -> bundle.tensors("generators/other.safetensors"));
            assertThrows(IllegalArgumentException.class, () -> bundle.bytes("manifest.json"));
        }
    }

    @Test
    void the_bytes_of_a_file_are_those_on_the_disk() throws Exception {
        try (Bundle bundle = open()) {
            Path file = SmallBundle.directory(root, bundle.version()).resolve("users.safetensors");
            assertArrayEquals(Files.readAllBytes(file), bundle.bytes("users.safetensors"));
        }
    }

    @Test
    void the_summary_names_tables_generators_metrics_and_files() throws Exception {
        try (Bundle bundle = open()) {
            BundleSummary summary = bundle.summary();
            assertEquals(bundle.version().value(), summary.version());
            assertEquals("category_list", summary.itemColumns().get("categories"));
            assertEquals(bundle.manifest().bytes(), summary.bytes());
            assertNull(summary.ranker());
            String text = summary.text();
            for (String part : new String[] {"als (factorization", "als.recall@20", "items        60", "2026-01-31"}) {
                assertTrue(text.contains(part), () -> part + " in\n" + text);
            }
        }
    }

    private Bundle open() throws Exception {
        return Bundle.open(SmallBundle.directory(root, SmallBundle.publish(root)));
    }

    private static GeneratorEntry generator(Bundle bundle, String name) {
        GeneratorEntry entry = bundle.manifest().generator(name);
        if (entry == null) {
            throw new AssertionError("no generator " + name);
        }
        return entry;
    }
}
