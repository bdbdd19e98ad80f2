package dev.funnel.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.PopularSlates.Slate;
import dev.funnel.bundle.testing.SmallBundle;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PopularSlatesTest {
    private static final PopularSlates SLATES = new PopularSlates(Map.of(
            PopularSlates.OVERALL,
            new Slate(new int[] {3, 1, 2}, new float[] {9, 8, 7}),
            PopularSlates.country("CH"),
            new Slate(new int[] {5}, new float[] {2}),
            PopularSlates.category("topic-1"),
            new Slate(new int[0], new float[0])));

    @TempDir
    Path folder;

    @Test
    void what_was_written_is_read() throws Exception {
        try (Bundle bundle = published(SLATES)) {
            PopularSlates read = PopularSlates.of(bundle);
            assertEquals(
                    Set.of("overall", "country=CH", "category=topic-1"),
                    read.byKey().keySet());
            assertArrayEquals(
                    new int[] {3, 1, 2}, slate(read, PopularSlates.OVERALL).items());
            assertArrayEquals(
                    new float[] {2}, slate(read, PopularSlates.country("CH")).scores());
            assertEquals(0, slate(read, PopularSlates.category("topic-1")).items().length);
        }
    }

    @Test
    void a_bundle_may_be_without_them() throws Exception {
        BundleVersion version = SmallBundle.publish(folder);
        try (Bundle bundle = Bundle.open(SmallBundle.directory(folder, version))) {
            assertTrue(PopularSlates.of(bundle).byKey().isEmpty());
        }
    }

    @Test
    void an_item_that_the_bundle_does_not_hold_is_refused() throws Exception {
        PopularSlates wrong = new PopularSlates(
                Map.of(PopularSlates.OVERALL, new Slate(new int[] {SmallBundle.ITEMS}, new float[] {1})));
        try (Bundle bundle = published(wrong)) {
            assertThrows(BundleRefusedException.class, () -> PopularSlates.of(bundle));
        }
    }

    private Bundle published(PopularSlates slates) throws Exception {
        try (BundleStore.Draft draft = SmallBundle.store(folder).draft()) {
            Manifest.Draft contents = SmallBundle.fill(draft, SmallBundle.SEED);
            slates.write(draft.file(PopularSlates.FILE));
            return Bundle.open(SmallBundle.directory(folder, draft.publish(contents)));
        }
    }

    private static Slate slate(PopularSlates slates, String key) {
        return Objects.requireNonNull(slates.byKey().get(key));
    }
}
