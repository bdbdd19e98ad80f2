package dev.funnel.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funnel.bundle.testing.SmallBundle;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {
    @TempDir
    Path root;

    @Test
    void a_published_bundle_opens_with_its_tables() throws Exception {
        BundleVersion version = SmallBundle.publish(root);
        try (Bundle bundle = Bundle.open(SmallBundle.directory(root, version))) {
            assertEquals(SmallBundle.ITEMS, bundle.items().size());
            for (int i = 0; i < SmallBundle.ITEMS; i++) {
                assertEquals(i, bundle.items().indexOf(SmallBundle.item(i)));
            }
        }
    }
}
