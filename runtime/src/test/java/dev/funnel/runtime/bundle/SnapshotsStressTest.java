package dev.funnel.runtime.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.BundleVersion;
import dev.funnel.runtime.error.NotReady;
import dev.funnel.runtime.error.PreconditionFailed;
import dev.funnel.runtime.wire.BundleRef;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * {@link Snapshots} itself under threads that lease, share and give back whatever there is, while the watcher's one thread publishes,
 * rolls back, holds older versions and at last closes, in random order. {@link HoldsLincheckTest} proves the count of holds that this
 * rests on; the whole is beyond a model checker's time.
 */
class SnapshotsStressTest {
    private static final long SEED = 17;
    private static final int CHANGES = 20_000;
    private static final int READERS = 3;

    private final Snapshots<Counted> snapshots =
            new Snapshots<>(new BundleSettings(Path.of("bundles"), "demo", Duration.ofSeconds(1)));
    private final List<Counted> made = new ArrayList<>();
    private final AtomicReference<@Nullable String> violation = new AtomicReference<>();
    private final AtomicBoolean stop = new AtomicBoolean();

    /** A snapshot that knows who holds it. */
    private final class Counted implements AutoCloseable {
        private final AtomicInteger leases = new AtomicInteger();
        private final AtomicInteger closes = new AtomicInteger();

        void use() {
            leases.incrementAndGet();
            if (closes.get() != 0) {
                violation.set("leased after it was closed");
            }
            leases.decrementAndGet();
        }

        @Override
        public void close() {
            int open = leases.get();
            if (closes.incrementAndGet() != 1 || open != 0) {
                violation.set("closed with " + open + " leases, " + closes + " times");
            }
        }
    }

    /** A reader's requests: of the current version, of the one it saw last, which may be gone, and with work that outlasts them. */
    private int read() {
        int leased = 0;
        BundleRef last = BundleRef.NEWEST;
        while (!stop.get()) {
            try (Lease<Counted> lease = snapshots.lease(leased % 2 == 0 ? BundleRef.NEWEST : last)) {
                last = lease.bundle();
                lease.snapshot().use();
                try (Lease<Counted> outlasting = lease.share()) {
                    lease.close();
                    outlasting.snapshot().use();
                }
                leased++;
            } catch (PreconditionFailed retired) {
                last = BundleRef.NEWEST;
            } catch (NotReady closed) {
                return leased;
            }
        }
        return leased;
    }

    private void change(Random random) {
        switch (random.nextInt(4)) {
            case 0, 1 -> snapshots.publish(next());
            case 2 -> snapshots.swap();
            default -> snapshots.keepAsPrevious(next());
        }
    }

    @SuppressWarnings(
            "NullAway") // a resident version does nothing with its bundle but close it, and null closes as nothing
    private Resident<Counted> next() {
        Counted snapshot = new Counted();
        made.add(snapshot);
        int millis = made.size();
        BundleVersion version =
                new BundleVersion("202601010000%02d%03d-0123456789ab".formatted(millis / 1_000, millis % 1_000));
        return new Resident<>(version, null, snapshot, Instant.EPOCH, Duration.ZERO);
    }

    @Test
    void whatever_is_published_and_rolled_back_a_lease_holds_its_version_and_each_is_closed_once() throws Exception {
        Random random = new Random(SEED);
        snapshots.publish(next());
        AtomicInteger leased = new AtomicInteger();
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            readers.add(Thread.ofPlatform().start(() -> leased.addAndGet(read())));
        }
        for (int i = 0; i < CHANGES; i++) {
            change(random);
        }
        assertEquals(2, snapshots.held().size(), "seed " + SEED);
        assertTrue(snapshots.statuses().size() <= 2 + READERS, "what retires is let go of");
        snapshots.close();
        stop.set(true);
        for (Thread reader : readers) {
            reader.join();
        }
        assertNull(violation.get(), "seed " + SEED);
        assertTrue(leased.get() > READERS, leased + " leases");
        assertTrue(made.stream().allMatch(each -> each.closes.get() == 1), "each was closed once, seed " + SEED);
        assertThrows(NotReady.class, snapshots::lease);
    }
}
