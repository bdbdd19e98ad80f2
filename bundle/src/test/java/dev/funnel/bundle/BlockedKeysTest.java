package dev.funnel.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.funnel.bundle.testing.SmallBundle;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Items of the small bundle: item i is by uploader i % 7, of topic i % 5, and even or odd; item 0 has no category. */
class BlockedKeysTest {
    @TempDir
    private Path root;

    private interface Check {
        void on(ItemTable items);
    }

    private void check(Check check) throws Exception {
        BundleVersion version = SmallBundle.publish(root);
        try (Bundle bundle = Bundle.open(SmallBundle.directory(root, version))) {
            check.on(bundle.items());
        }
    }

    private static List<Integer> passing(ItemTest test) {
        return IntStream.range(0, SmallBundle.ITEMS).filter(test::test).boxed().toList();
    }

    @Test
    void items_of_blocked_uploaders_do_not_pass() throws Exception {
        check(items -> assertEquals(
                IntStream.range(0, SmallBundle.ITEMS)
                        .filter(item -> item % 7 != 2 && item % 7 != 5)
                        .boxed()
                        .toList(),
                passing(BlockedKeys.uploaders(items, List.of("uploader-2", "nobody", "uploader-5")))));
    }

    @Test
    void an_item_with_any_blocked_category_does_not_pass_and_one_without_categories_does() throws Exception {
        check(items -> assertEquals(
                IntStream.range(0, SmallBundle.ITEMS)
                        .filter(item -> item == 0 || (item % 5 != 3 && item % 2 == 0))
                        .boxed()
                        .toList(),
                passing(BlockedKeys.categories(items, List.of("topic-3", "odd")))));
    }

    @Test
    void what_no_item_has_blocks_nothing() throws Exception {
        check(items -> {
            assertSame(ItemTest.ALL, BlockedKeys.uploaders(items, List.of("nobody")));
            assertSame(ItemTest.ALL, BlockedKeys.categories(items, List.of("nothing")));
            assertSame(ItemTest.ALL, BlockedKeys.categories(items, List.of()));
        });
    }
}
