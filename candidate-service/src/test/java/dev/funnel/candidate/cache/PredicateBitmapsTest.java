package dev.funnel.candidate.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.ItemOverlay;
import dev.funnel.bundle.ItemPredicate;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.ItemTest;
import dev.funnel.bundle.Operand;
import dev.funnel.bundle.PredicateContext;
import dev.funnel.bundle.QueryField;
import dev.funnel.bundle.live.ColumnValue;
import dev.funnel.bundle.live.ItemChange;
import dev.funnel.bundle.live.Upsert;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.retrieval.ItemFilter;
import dev.funnel.runtime.config.ByteSize;
import dev.funnel.runtime.telemetry.Metrics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredicateBitmapsTest {
    private static final List<String> LANGUAGES = List.of("en", "de", "fr", "");

    @TempDir
    private Path root;

    private Bundle bundle;

    @BeforeEach
    void open() throws Exception {
        bundle = Bundle.open(SmallBundle.directory(root, SmallBundle.publish(root)));
    }

    @AfterEach
    void close() {
        bundle.close();
    }

    @Test
    void what_passes_is_what_passes_the_predicate_whatever_is_cached_and_whatever_has_changed() {
        long seed = 11;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        PredicateBitmaps bitmaps = Caches.usual().predicates(bundle.items());
        ItemOverlay overlay = new ItemOverlay(bundle.items(), 0, 10_000);
        List<ItemPredicate> predicates = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            predicates.add(predicate(random, 2));
        }
        int withBitmap = 0;
        for (int round = 0; round < 2_000; round++) {
            if (round > 500 && round % 10 == 0) {
                change(random, overlay, round);
            }
            ItemTable items = overlay.snapshot();
            ItemPredicate predicate = predicates.get(random.nextInt(predicates.size()));
            PredicateContext context = context(random);
            ItemTest direct = predicate.compile(items, context);
            ItemFilter filter = bitmaps.filter(predicate, direct, items, context, Runnable::run);
            withBitmap += filter.hasBitmap() ? 1 : 0;
            for (int item = 0; item < items.size(); item++) {
                assertEquals(direct.test(item), filter.test(item), item + " for " + predicate.toMap() + ", " + context);
            }
        }
        assertTrue(withBitmap > 1_000, withBitmap + " with a bitmap");
    }

    @Test
    void a_bitmap_is_made_when_a_predicate_is_asked_about_again_and_of_what_depends_on_the_time_never() {
        PredicateBitmaps bitmaps = Caches.usual().predicates(bundle.items());
        ItemPredicate language = new ItemPredicate.Equal("language", QueryField.LANGUAGE);
        ItemPredicate published = new ItemPredicate.Range("published_at", null, QueryField.TIME);
        assertFalse(asked(bitmaps, language).hasBitmap());
        assertFalse(asked(bitmaps, language).hasBitmap(), "asked again: made");
        assertTrue(asked(bitmaps, language).hasBitmap());
        assertTrue(
                asked(bitmaps, new ItemPredicate.All(List.of(published, language)))
                        .hasBitmap(),
                "its other part");
        for (int i = 0; i < 3; i++) {
            assertFalse(asked(bitmaps, published).hasBitmap());
        }
    }

    @Test
    void where_there_is_no_room_no_bitmap_is_made() {
        CacheSettings none = new CacheSettings(new ByteSize(0), new ByteSize(0));
        PredicateBitmaps bitmaps = new Caches(none, Metrics.off()).predicates(bundle.items());
        for (int i = 0; i < 3; i++) {
            assertFalse(asked(bitmaps, new ItemPredicate.Equal("language", new Operand.Text("en")))
                    .hasBitmap());
        }
    }

    private ItemFilter asked(PredicateBitmaps bitmaps, ItemPredicate predicate) {
        PredicateContext context = new PredicateContext("", "en", 7, "", "");
        ItemTest direct = predicate.compile(bundle.items(), context);
        return bitmaps.filter(predicate, direct, bundle.items(), context, Runnable::run);
    }

    private static PredicateContext context(Random random) {
        return new PredicateContext(
                "DE",
                LANGUAGES.get(random.nextInt(LANGUAGES.size())),
                SmallBundle.NOW.toEpochMilli() - random.nextInt(1_000_000_000),
                "",
                SmallBundle.item(random.nextInt(SmallBundle.ITEMS)));
    }

    private static ItemPredicate predicate(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 5)) {
            case 0 -> new ItemPredicate.Equal("language", QueryField.LANGUAGE);
            case 1 -> new ItemPredicate.Range("published_at", null, QueryField.TIME);
            case 2 -> new ItemPredicate.In("uploader", List.of(new Operand.Text("uploader-" + random.nextInt(5))));
            case 3 -> new ItemPredicate.Equal("id", QueryField.SEED_ITEM_ID);
            case 4 -> new ItemPredicate.Equal("id", new Operand.Text(SmallBundle.item(random.nextInt(20))));
            case 5 -> new ItemPredicate.Not(predicate(random, depth - 1));
            case 6 -> new ItemPredicate.Any(List.of(predicate(random, depth - 1), predicate(random, depth - 1)));
            default -> new ItemPredicate.All(List.of(predicate(random, depth - 1), predicate(random, depth - 1)));
        };
    }

    private static void change(Random random, ItemOverlay overlay, long position) {
        String id = random.nextBoolean() ? SmallBundle.item(random.nextInt(SmallBundle.ITEMS)) : "new-" + position;
        if (random.nextInt(5) == 0) {
            overlay.apply(ItemChange.remove(position, id));
        } else {
            Map<String, ColumnValue> values = Map.of(
                    "language", new ColumnValue.Text(LANGUAGES.get(random.nextInt(3))),
                    "uploader", new ColumnValue.Text("uploader-" + random.nextInt(7)),
                    "published_at",
                            new ColumnValue.Time(SmallBundle.NOW.toEpochMilli() - random.nextInt(1_000_000_000)));
            overlay.apply(ItemChange.upsert(position, id, new Upsert(values, Map.of())));
        }
    }
}
