package dev.funnel.runtime.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.BundleSigning;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.signature.SigningKey;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.runtime.config.ByteSize;
import dev.funnel.runtime.config.ConfigurationFile;
import dev.funnel.runtime.config.InvalidConfiguration;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.error.DeadlinePassed;
import dev.funnel.runtime.error.NotFound;
import dev.funnel.runtime.error.NotReady;
import dev.funnel.runtime.error.PreconditionFailed;
import dev.funnel.runtime.telemetry.Metrics;
import dev.funnel.runtime.testing.Await;
import dev.funnel.runtime.wire.BundleRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotsTest {
    /** A snapshot that knows whether it was closed. */
    private static final class Catalogue implements AutoCloseable {
        private final Bundle bundle;
        private final AtomicBoolean closed = new AtomicBoolean();

        Catalogue(Bundle bundle) {
            this.bundle = bundle;
        }

        @Override
        public void close() {
            assertFalse(closed.getAndSet(true), "closed twice");
        }
    }

    private static final ByteSize RATE = new ByteSize(256 << 20);

    @TempDir
    private Path root;

    private final AtomicInteger loads = new AtomicInteger();
    private final AtomicInteger changes = new AtomicInteger();
    private final List<AutoCloseable> started = new ArrayList<>();

    private BundleSettings settings() {
        return new BundleSettings(root, SmallBundle.NAME, Duration.ofMillis(20));
    }

    private Catalogue load(Bundle bundle) {
        loads.incrementAndGet();
        return new Catalogue(bundle);
    }

    private record Watched(Snapshots<Catalogue> snapshots, BundleWatcher<Catalogue> watcher) {
        void look() {
            watcher.lookNow(soon());
        }
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }

    private Watched watch(SnapshotLoader<Catalogue> loader) {
        Snapshots<Catalogue> snapshots = new Snapshots<>(settings());
        BundleWatcher<Catalogue> watcher = new BundleWatcher<>(
                settings(),
                loader,
                snapshots,
                version -> {},
                changes::incrementAndGet,
                Metrics.off(),
                InstantSource.system());
        started.add(watcher);
        return new Watched(snapshots, watcher);
    }

    private Watched watch() {
        Watched watched = watch(this::load);
        watched.look();
        return watched;
    }

    private BundleVersion publish() throws IOException, BundleRefusedException {
        return SmallBundle.publish(root);
    }

    private static BundleRef ref(BundleVersion version) {
        return new BundleRef("", version.value());
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : started) {
            each.close();
        }
    }

    @Test
    void without_a_bundle_nothing_is_leased_and_one_that_appears_is_picked_up() throws Exception {
        Watched watched = watch();
        NotReady refusal = assertThrows(NotReady.class, () -> watched.snapshots.lease());
        assertTrue(refusal.toString().contains(root.toString()), refusal::toString);
        BundleVersion version = publish();
        watched.watcher.start(Duration.ofMillis(10));
        Await.until("the version is current", watched.snapshots::ready);
        try (Lease<Catalogue> lease = watched.snapshots.lease()) {
            assertEquals(new BundleRef("demo", version.value()), lease.bundle());
        }
        Await.until("the change is told, once the version is current", () -> changes.get() > 0);
        assertEquals(1, changes.get());
    }

    @Test
    void the_newest_two_are_held_before_the_process_is_ready() throws Exception {
        publish();
        BundleVersion previous = publish();
        BundleVersion current = publish();
        Watched watched = watch();
        assertEquals(List.of(current, previous), watched.snapshots.held());
        assertEquals(2, loads.get());
        assertEquals(1, changes.get());
    }

    @Test
    void a_version_may_be_named_and_one_not_held_is_refused_naming_those_held() throws Exception {
        BundleVersion oldest = publish();
        BundleVersion previous = publish();
        BundleVersion current = publish();
        Watched watched = watch();
        try (Lease<Catalogue> lease = watched.snapshots.lease(ref(previous))) {
            assertEquals(previous, lease.snapshot().bundle.version());
        }
        PreconditionFailed refusal = assertThrows(PreconditionFailed.class, () -> watched.snapshots.lease(ref(oldest)));
        assertEquals(PreconditionFailed.VERSION_NOT_HELD, refusal.reason());
        assertTrue(refusal.toString().contains(current.value()), refusal::toString);
        assertThrows(PreconditionFailed.class, () -> watched.snapshots.lease(new BundleRef("other", current.value())));
    }

    @Test
    void a_version_leased_stays_usable_until_the_lease_ends_and_is_then_freed() throws Exception {
        BundleVersion first = publish();
        Watched watched = watch();
        Lease<Catalogue> lease = watched.snapshots.lease();
        Catalogue held = lease.snapshot();
        publish();
        watched.look();
        publish();
        watched.look();
        assertFalse(watched.snapshots.held().contains(first));
        assertEquals(SmallBundle.ITEMS, held.bundle.items().size());
        assertEquals("item-00", held.bundle.items().id(0));
        assertTrue(watched.watcher.statuses().stream()
                .anyMatch(status -> status.version().equals(first)
                        && status.state() == VersionStatus.State.RETIRING
                        && status.leases() == 1));
        lease.close();
        lease.close();
        assertTrue(held.closed.get());
        assertThrows(IllegalStateException.class, () -> held.bundle.items().id(0));
        assertTrue(watched.watcher.statuses().stream()
                .noneMatch(status -> status.version().equals(first)));
    }

    @Test
    void a_damaged_version_is_refused_with_file_and_reason_once_and_the_old_one_serves_on() throws Exception {
        BundleVersion good = publish();
        Watched watched = watch();
        BundleVersion bad = publish();
        Path file = SmallBundle.directory(root, bad).resolve("items.safetensors");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        watched.look();
        VersionStatus refused = watched.watcher.statuses().getFirst();
        assertEquals(VersionStatus.State.REFUSED, refused.state());
        assertTrue(refused.cause().startsWith("items.safetensors: "), refused::cause);
        assertEquals(List.of(good), watched.snapshots.held());
        watched.look();
        assertSame(refused, watched.watcher.statuses().getFirst());
        PreconditionFailed refusal = assertThrows(PreconditionFailed.class, () -> watched.watcher.load(bad, soon()));
        assertTrue(refusal.toString().contains("items.safetensors"), refusal::toString);
    }

    @Test
    void a_refused_version_whose_files_were_put_right_is_tried_again_only_when_an_operator_asks() throws Exception {
        publish();
        Watched watched = watch();
        BundleVersion version = publish();
        Path file = SmallBundle.directory(root, version).resolve("items.safetensors");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, new byte[8]);
        watched.look();
        Files.write(file, whole);
        watched.look();
        assertFalse(watched.snapshots.held().contains(version));
        assertEquals(version, watched.watcher.load(version, soon()).version());
        assertEquals(version, watched.snapshots.held().getFirst());
    }

    @Test
    void closing_while_a_version_is_loaded_ends_cleanly_and_refuses_nothing() throws Exception {
        publish();
        CountDownLatch loading = new CountDownLatch(1);
        List<Catalogue> made = new ArrayList<>();
        Watched watched = watch(bundle -> {
            loading.countDown();
            LockSupport.park(); // until the watcher is closed, which interrupts it
            made.add(load(bundle));
            return made.getFirst();
        });
        watched.watcher.start(Duration.ofMillis(10));
        loading.await();
        watched.watcher.close();
        assertTrue(made.getFirst().closed.get());
        assertThrows(
                IllegalStateException.class,
                () -> made.getFirst().bundle.items().id(0));
        assertEquals(List.of(), watched.watcher.statuses());
    }

    @Test
    void a_bundle_of_another_name_is_refused() throws Exception {
        BundleVersion version = publish();
        Files.move(root.resolve(SmallBundle.NAME), root.resolve("other"));
        BundleSettings other = new BundleSettings(root, "other", Duration.ofMillis(20));
        Snapshots<Catalogue> snapshots = new Snapshots<>(other);
        BundleWatcher<Catalogue> watcher = new BundleWatcher<>(
                other, this::load, snapshots, loaded -> {}, () -> {}, Metrics.off(), InstantSource.system());
        started.add(watcher);
        watcher.lookNow(soon());
        assertEquals(version, watcher.statuses().getFirst().version());
        assertEquals(
                "manifest.json: is of bundle demo, not of other",
                watcher.statuses().getFirst().cause());
    }

    @Test
    void where_keys_are_trusted_an_unsigned_version_is_refused_and_a_signed_one_served() throws Exception {
        Path keys = Files.createDirectory(root.resolve("keys"));
        SigningKey key = SigningKey.generate(keys.resolve("k"), keys.resolve("k.pub"));
        BundleVersion signed = publish();
        BundleSigning.sign(SmallBundle.directory(root, signed), key);
        publish();
        BundleSettings trusting =
                new BundleSettings(root, SmallBundle.NAME, Duration.ofMillis(20), RATE, List.of(keys.resolve("k.pub")));
        Snapshots<Catalogue> snapshots = new Snapshots<>(trusting);
        BundleWatcher<Catalogue> watcher = new BundleWatcher<>(
                trusting, this::load, snapshots, loaded -> {}, () -> {}, Metrics.off(), InstantSource.system());
        started.add(watcher);
        watcher.lookNow(soon());
        assertEquals(List.of(signed), snapshots.held());
        assertTrue(watcher.statuses().getFirst().cause().startsWith("manifest.json.sig: is missing"));
    }

    @Test
    void keys_that_cannot_be_read_refuse_the_start_naming_the_file() {
        BundleSettings settings = new BundleSettings(
                root, SmallBundle.NAME, Duration.ofMillis(20), RATE, List.of(root.resolve("gone.pub")));
        InvalidConfiguration refused = assertThrows(InvalidConfiguration.class, settings::readTrustedKeys);
        assertTrue(String.valueOf(refused.getMessage()).endsWith("gone.pub: no such file"), refused::toString);
    }

    @Test
    void a_list_of_keys_that_is_given_and_empty_refuses_the_start_and_one_that_is_left_out_does_not() {
        for (String keys : List.of("trusted_keys: []", "trusted_keys:")) {
            InvalidConfiguration refused = assertThrows(
                    InvalidConfiguration.class,
                    () -> ConfigurationFile.parse(
                            Serving.class, "s.yaml", "bundles:\n  name: demo\n  " + keys + "\n", Map.of()));
            String message = String.valueOf(refused.getMessage());
            assertTrue(message.contains("trusted_keys") && message.contains("must"), message);
            assertTrue(message.startsWith("s.yaml:"), message);
        }
        for (String nothing : List.of("", "[]")) {
            InvalidConfiguration refused = assertThrows(
                    InvalidConfiguration.class,
                    () -> ConfigurationFile.parse(
                            Serving.class,
                            "s.yaml",
                            "bundles: {name: demo}\n",
                            Map.of("FUNNEL_BUNDLES_TRUSTED_KEYS", nothing)));
            assertTrue(String.valueOf(refused.getMessage()).contains("trusted_keys"), refused::toString);
        }
        BundleSettings unasked = ConfigurationFile.parse(Serving.class, "s.yaml", "bundles: {name: demo}\n", Map.of())
                .bundles();
        assertFalse(unasked.readTrustedKeys().asked());
    }

    private record Serving(BundleSettings bundles) {}

    /** At this rate it would take minutes: the first version is verified at once, the second is given up long before. */
    @Test
    void a_version_is_verified_slowly_while_another_is_served_and_at_once_while_none_is() throws Exception {
        BundleSettings slow =
                new BundleSettings(root, SmallBundle.NAME, Duration.ofMillis(20), new ByteSize(1 << 10), null);
        Snapshots<Catalogue> snapshots = new Snapshots<>(slow);
        BundleWatcher<Catalogue> watcher = new BundleWatcher<>(
                slow, this::load, snapshots, loaded -> {}, () -> {}, Metrics.off(), InstantSource.system());
        started.add(watcher);
        BundleVersion first = publish();
        watcher.lookNow(soon());
        assertEquals(List.of(first), snapshots.held());
        publish();
        assertThrows(DeadlinePassed.class, () -> watcher.lookNow(Deadline.after(Duration.ofMillis(500))));
        assertEquals(VersionStatus.State.LOADING, watcher.statuses().getFirst().state());
        assertEquals(List.of(first), snapshots.held());
    }

    @Test
    void a_version_the_service_cannot_use_is_refused_and_unmapped() throws Exception {
        List<Bundle> opened = new ArrayList<>();
        publish();
        Watched watched = watch(bundle -> {
            opened.add(bundle);
            throw new BundleRefusedException("ranker/network.onnx", "is missing");
        });
        watched.look();
        assertEquals(
                "ranker/network.onnx: is missing",
                watched.watcher.statuses().getFirst().cause());
        assertThrows(
                IllegalStateException.class, () -> opened.getFirst().items().id(0));
        assertFalse(watched.snapshots.ready());
    }

    @Test
    void a_loader_that_breaks_refuses_the_version_and_the_watcher_goes_on() throws Exception {
        publish();
        AtomicBoolean broken = new AtomicBoolean(true);
        Watched watched = watch(bundle -> {
            if (broken.getAndSet(false)) {
                throw new NoClassDefFoundError("boom");
            }
            return load(bundle);
        });
        watched.look();
        assertTrue(watched.watcher.statuses().getFirst().cause().contains("boom"));
        BundleVersion next = publish();
        watched.look();
        assertEquals(List.of(next), watched.snapshots.held());
    }

    @Test
    void rolling_back_makes_the_previous_current_and_the_replaced_one_is_not_loaded_again() throws Exception {
        BundleVersion older = publish();
        BundleVersion newer = publish();
        Watched watched = watch();
        VersionStatus current = watched.watcher.rollBack(soon());
        assertEquals(older, current.version());
        assertEquals(VersionStatus.State.CURRENT, current.state());
        watched.look();
        assertEquals(List.of(older, newer), watched.snapshots.held());
        BundleVersion newest = publish();
        watched.look();
        assertEquals(List.of(newest, older), watched.snapshots.held());
        assertEquals(3, loads.get());
    }

    @Test
    void without_a_previous_version_there_is_no_way_back() throws Exception {
        publish();
        Watched watched = watch();
        assertThrows(PreconditionFailed.class, () -> watched.watcher.rollBack(soon()));
    }

    @Test
    void an_operator_may_load_an_older_version_and_newer_ones_stay_out() throws Exception {
        BundleVersion oldest = publish();
        publish();
        BundleVersion newest = publish();
        Watched watched = watch();
        assertEquals(oldest, watched.watcher.load(oldest, soon()).version());
        watched.look();
        assertEquals(List.of(oldest, newest), watched.snapshots.held());
        assertEquals(newest, watched.watcher.load(null, soon()).version());
        assertEquals(List.of(newest, oldest), watched.snapshots.held());
    }

    @Test
    void a_version_that_is_not_there_is_not_found() {
        Watched watched = watch();
        BundleVersion absent = new BundleVersion("20260101000000000-0123456789ab");
        assertThrows(NotFound.class, () -> watched.watcher.load(absent, soon()));
        assertThrows(NotFound.class, () -> watched.watcher.load(null, soon()));
    }

    @Test
    void leases_taken_while_versions_change_never_see_a_freed_one() throws Exception {
        publish();
        Watched watched = watch();
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger reads = new AtomicInteger();
        List<Throwable> failures = new ArrayList<>();
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            readers.add(Thread.ofPlatform().start(() -> {
                try {
                    while (!stop.get()) {
                        try (Lease<Catalogue> lease = watched.snapshots.lease()) {
                            lease.snapshot().bundle.items().id(reads.getAndIncrement() % SmallBundle.ITEMS);
                        }
                    }
                } catch (Throwable e) {
                    synchronized (failures) {
                        failures.add(e);
                    }
                }
            }));
        }
        for (int i = 0; i < 5; i++) {
            publish();
            watched.look();
        }
        stop.set(true);
        for (Thread reader : readers) {
            reader.join();
        }
        assertEquals(List.of(), failures);
        assertTrue(reads.get() > 0);
        assertEquals(2, watched.watcher.statuses().size());
    }

    @Test
    void closing_frees_what_is_not_leased() throws Exception {
        publish();
        Watched watched = watch();
        Catalogue held;
        try (Lease<Catalogue> lease = watched.snapshots.lease()) {
            held = lease.snapshot();
            watched.watcher.close();
            assertFalse(held.closed.get());
        }
        assertTrue(held.closed.get());
        assertThrows(NotReady.class, () -> watched.snapshots.lease());
    }
}
