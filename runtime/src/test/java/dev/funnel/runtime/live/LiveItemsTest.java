package dev.funnel.runtime.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.Manifest;
import dev.funnel.bundle.UserId;
import dev.funnel.bundle.live.ColumnValue;
import dev.funnel.bundle.live.ItemChange;
import dev.funnel.bundle.live.Upsert;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.runtime.bundle.BundleSettings;
import dev.funnel.runtime.bundle.BundleWatcher;
import dev.funnel.runtime.bundle.Lease;
import dev.funnel.runtime.bundle.Snapshots;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.deadline.Ticker;
import dev.funnel.runtime.telemetry.Metrics;
import dev.funnel.runtime.testing.Await;
import dev.funnel.runtime.wire.BundleRef;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class LiveItemsTest {
    @TempDir
    private Path root;

    private LiveItems<Seen> live;
    private Snapshots<Seen> snapshots;
    private BundleWatcher<Seen> watcher;

    /** How often a snapshot of the bundles loaded next was asked for that could not be made; negative: they can be made. */
    private AtomicInteger failed = new AtomicInteger(Integer.MIN_VALUE);

    /** What snapshots were told that people watched. */
    private final List<UserId> watchers = new CopyOnWriteArrayList<>();

    /** A snapshot that shows the items, unless it fails to. */
    private record Seen(ItemTable items, AtomicInteger failed, List<UserId> watchers) implements LiveSnapshot<Seen> {
        @Override
        public Seen with(LiveBatch batch) {
            if (failed.get() >= 0) {
                throw new IllegalStateException("attempt " + failed.incrementAndGet());
            }
            for (LiveBatch.Changed changed : batch.changes()) {
                if (changed.change().change() instanceof Upsert upsert) {
                    watchers.addAll(upsert.watchedBy());
                }
            }
            return new Seen(batch.items(), failed, watchers);
        }

        boolean has(String id) {
            return items.indexOf(id) >= 0;
        }

        @Override
        public void close() {}
    }

    @BeforeEach
    void open() {
        snapshots = new Snapshots<>(settings());
        live = live(LiveItemSettings.usual(), false);
        watcher = watcher();
    }

    @AfterEach
    void close() {
        live.close();
        watcher.close();
    }

    @Test
    void a_change_shows_in_leases_taken_soon_after_and_not_in_those_taken_before() throws Exception {
        publish(0);
        try (Lease<Seen> before = snapshots.lease()) {
            assertTrue(live.take(1, List.of(upsert(1, "new"), ItemChange.remove(2, SmallBundle.item(3)))));
            Await.until("the new item is there", () -> seen("new"));
            assertFalse(seen(SmallBundle.item(3)));
            assertFalse(before.snapshot().has("new"));
            assertTrue(before.snapshot().has(SmallBundle.item(3)));
            try (Lease<Seen> shared = before.share()) {
                assertFalse(shared.snapshot().has("new"));
            }
        }
        assertEquals(3, live.nextPosition());
        assertEquals(2, live.changedItems());
    }

    @Test
    void a_version_that_comes_later_has_what_it_was_not_trained_on_from_its_first_lease() throws Exception {
        BundleVersion first = publish(0);
        assertTrue(live.take(1, List.of(upsert(1, "a"), upsert(2, "b"), ItemChange.remove(3, "b"), upsert(4, "c"))));
        publish(2);
        assertFalse(seen("a"), "the bundle was trained up to position 2, and its items are what it says they are");
        assertFalse(seen("b"));
        assertTrue(seen("c"));
        live.publishNow();
        try (Lease<Seen> old = snapshots.lease(new BundleRef(SmallBundle.NAME, first.value()))) {
            assertTrue(old.snapshot().has("a"));
            assertEquals(SmallBundle.ITEMS + 2, old.snapshot().items().indexOf("c"));
        }
        try (Lease<Seen> current = snapshots.lease()) {
            assertEquals(SmallBundle.ITEMS, current.snapshot().items().indexOf("c"), "indexes are the version's own");
        }
    }

    @Test
    void entries_that_do_not_follow_are_not_taken_and_an_older_version_asks_for_what_it_needs() throws Exception {
        BundleVersion older = publish(2);
        assertEquals(3, live.nextPosition());
        assertFalse(live.take(1, List.of(upsert(1, "a"))));
        assertFalse(live.take(4, List.of(upsert(4, "a"))));
        publish(5);
        publish(6);
        assertTrue(live.take(3, List.of(upsert(3, "a"), upsert(7, "b"))));
        assertEquals(8, live.nextPosition());
        watcher.load(older, soon());
        assertEquals(3, live.nextPosition());
        assertTrue(live.take(3, List.of(upsert(3, "a"), upsert(7, "b"), upsert(8, "c"))));
        live.publishNow();
        assertTrue(seen("a"));
        assertTrue(seen("b"));
        assertTrue(seen("c"));
    }

    @Test
    void at_the_bound_nothing_is_taken_until_a_newer_bundle_makes_room() throws Exception {
        live = live(new LiveItemSettings(2, 3), false);
        watcher = watcher();
        publish(0);
        assertTrue(live.take(1, List.of(upsert(1, "a"), upsert(2, "b"))));
        assertFalse(live.take(3, List.of(upsert(3, "a"), upsert(4, "c"))), "a third item");
        assertEquals(4, live.nextPosition());
        assertFalse(live.take(4, List.of(upsert(4, "a"))), "a fourth change");
        publish(3);
        assertFalse(live.take(4, List.of(upsert(4, "c"))), "the previous version needs all of it still");
        publish(3);
        assertTrue(live.take(4, List.of(upsert(4, "c"))));
        live.publishNow();
        assertTrue(seen("c"));
    }

    @Test
    void a_publication_that_fails_is_told_of_and_tried_again_until_it_shows_everything() throws Exception {
        ListAppender<ILoggingEvent> lines = listen();
        publish(0);
        failed.set(0);
        assertEquals(Optional.empty(), live.unshown());
        assertTrue(live.take(1, List.of(upsert(1, "a"))));
        Await.until("it failed", () -> live.unshown().isPresent());
        long since = live.unshown().orElseThrow().sinceNanos();
        assertTrue(live.take(2, List.of(upsert(2, "b"))), "what comes meanwhile is taken");
        Await.until("it is tried again", () -> failed.get() >= 3);
        assertEquals(since, live.unshown().orElseThrow().sinceNanos());
        assertTrue(live.unshown().orElseThrow().why().contains("attempt "), live.unshown()::toString);
        assertFalse(seen("a"));

        failed.set(Integer.MIN_VALUE);
        Await.until("it is shown without another change", () -> seen("a") && seen("b"));
        Await.until("nothing is left unshown", () -> live.unshown().isEmpty());
        assertEquals(
                1,
                lines.list.stream()
                        .filter(line -> line.getLevel() == Level.ERROR)
                        .count(),
                "one line, however often it failed");
    }

    @Test
    void a_version_that_cannot_show_what_changed_does_not_become_current() throws Exception {
        BundleVersion first = publish(0);
        assertTrue(live.take(1, List.of(upsert(1, "a"))));
        live.publishNow();
        failed.set(0);
        publish(0);
        try (Lease<Seen> current = snapshots.lease()) {
            assertEquals(first.value(), current.bundle().version());
        }
        assertTrue(seen("a"));
        failed.set(Integer.MIN_VALUE);
        BundleVersion third = publish(0);
        try (Lease<Seen> current = snapshots.lease()) {
            assertEquals(third.value(), current.bundle().version());
        }
        assertTrue(seen("a"));
    }

    @Test
    void a_version_that_fails_holds_up_no_other_and_only_the_current_one_is_told_of() throws Exception {
        BundleVersion first = publish(0);
        AtomicInteger firstFailed = failed;
        failed = new AtomicInteger(Integer.MIN_VALUE);
        publish(0);
        firstFailed.set(0);
        int changes = 10;
        for (int i = 1; i <= changes; i++) {
            String item = "item " + i;
            assertTrue(live.take(i, List.of(upsert(i, item))));
            Await.until("it is shown", () -> seen(item));
            assertEquals(Optional.empty(), live.unshown());
        }
        Await.until("it was tried again", () -> firstFailed.get() > 1);
        assertTrue(firstFailed.get() < changes, "tried at every turn of the other: " + firstFailed.get());

        watcher.rollBack(soon());
        assertTrue(live.unshown().isPresent(), "the version that fails is current");
        firstFailed.set(Integer.MIN_VALUE);
        Await.until("it is shown", () -> seen("item 1") && live.unshown().isEmpty());
        try (Lease<Seen> current = snapshots.lease()) {
            assertEquals(first.value(), current.bundle().version());
        }
    }

    @Test
    void who_watched_an_item_is_forgotten_where_nobody_asks_for_it_and_weighs_nothing() throws Exception {
        live = live(new LiveItemSettings(10, 4), false);
        watcher = watcher();
        publish(0);
        for (int i = 1; i <= 4; i++) {
            assertTrue(live.take(i, List.of(watched(i, "a", Upsert.MAX_WATCHERS))));
        }
        live.publishNow();
        publish(0);
        assertTrue(seen("a"));
        assertEquals(List.of(), watchers);
    }

    @Test
    void where_it_is_asked_for_a_change_that_names_watchers_weighs_two() throws Exception {
        live = live(new LiveItemSettings(10, 5), true);
        watcher = watcher();
        publish(0);
        assertTrue(live.take(1, List.of(watched(1, "a", 100))), "weighs 2");
        assertTrue(live.take(2, List.of(upsert(2, "b"))), "weighs 1");
        assertTrue(live.take(3, List.of(watched(3, "c", 1))), "weighs 2, beginning where there is room");
        assertFalse(live.take(4, List.of(upsert(4, "d"))));
        live.publishNow();
        assertEquals(101, watchers.size());

        publish(1);
        assertEquals(102, watchers.size(), "a version that comes later is told too");
        assertFalse(live.take(4, List.of(upsert(4, "d"))), "the previous version needs all of it still");
        publish(1);
        assertTrue(live.take(4, List.of(upsert(4, "d"))));
        assertTrue(live.take(5, List.of(upsert(5, "e"))), "2 less, and 2 more");
        assertFalse(live.take(6, List.of(upsert(6, "f"))));
    }

    private LiveItems<Seen> live(LiveItemSettings settings, boolean withWatchers) {
        return new LiveItems<>(settings, withWatchers, snapshots::isCurrent, Ticker.SYSTEM);
    }

    private static ListAppender<ILoggingEvent> listen() {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.list = new CopyOnWriteArrayList<>();
        lines.start();
        ((Logger) LoggerFactory.getLogger(LiveItems.class)).addAppender(lines);
        return lines;
    }

    private boolean seen(String id) {
        try (Lease<Seen> lease = snapshots.lease()) {
            return lease.snapshot().has(id);
        }
    }

    private static ItemChange upsert(long position, String id) {
        return ItemChange.upsert(position, id, Upsert.of(Map.of("title", new ColumnValue.Text("Title of " + id))));
    }

    private static ItemChange watched(long position, String id, int watchers) {
        List<UserId> people = Collections.nCopies(watchers, new UserId("u"));
        return ItemChange.upsert(position, id, new Upsert(Map.of(), Map.of(), people));
    }

    /** Publishes and loads the small bundle, said to be trained up to {@code position} of the log. */
    private BundleVersion publish(long position) throws Exception {
        try (BundleStore.Draft draft = SmallBundle.store(root).draft()) {
            Manifest.Draft small = SmallBundle.fill(draft, SmallBundle.SEED);
            BundleVersion version = draft.publish(new Manifest.Draft(
                    small.trainedUntil(),
                    position,
                    small.generators(),
                    small.ranker(),
                    small.goldenQueries(),
                    small.metrics()));
            watcher.lookNow(soon());
            return version;
        }
    }

    private BundleWatcher<Seen> watcher() {
        return new BundleWatcher<>(
                settings(),
                bundle -> new Seen(bundle.items(), failed, watchers),
                snapshots,
                live::attach,
                () -> {},
                Metrics.off(),
                InstantSource.system());
    }

    private BundleSettings settings() {
        return new BundleSettings(root, SmallBundle.NAME, Duration.ofHours(1));
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }
}
