package dev.funnel.gateway.item;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.ItemId;
import dev.funnel.bundle.live.ItemChange;
import dev.funnel.bundle.log.EncodedEntry;
import dev.funnel.bundle.log.NewEntry;
import dev.funnel.runtime.config.ByteSize;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.error.NotReady;
import dev.funnel.runtime.testing.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncedItemLogTest {
    private static final Duration MEMORY = Duration.ofMinutes(10);
    private static final int BYTES = 100;
    private static final int FILE_BYTES = 16 << 10;
    private static final int FILE_FULL = 150;

    @TempDir
    private Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private volatile OptionalLong trained = OptionalLong.of(0);

    @Test
    void appends_that_come_together_are_synced_together_and_each_gets_its_own_position() throws Exception {
        int callers = 64;
        List<Long> positions = new ArrayList<>();
        try (SyncedItemLog log = open(1_000)) {
            List<Thread> threads = IntStream.range(0, callers)
                    .mapToObj(caller -> Thread.startVirtualThread(() -> {
                        long last = log.append(removals("a" + caller, "b" + caller), BYTES, soon());
                        List<EncodedEntry> own = log.read(last - 1, 2, 1_000);
                        assertEquals(
                                "a" + caller,
                                own.getFirst().decode().change().item().value());
                        synchronized (positions) {
                            positions.add(last);
                        }
                    }))
                    .toList();
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertEquals(
                IntStream.rangeClosed(1, callers).mapToObj(i -> 2L * i).toList(),
                positions.stream().sorted().toList());
        long header = 24; // of a batch
        long bytes = Files.size(folder.resolve("00000000000000000001.items"));
        try (SyncedItemLog log = open(1_000)) {
            long entryBytes = log.read(1, 1_000, 1 << 20).stream()
                    .mapToLong(entry -> entry.bytes().length + 1)
                    .sum();
            long batches = (bytes - 32 - entryBytes) / header;
            assertTrue(batches < callers, batches + " batches for " + callers + " callers");
        }
    }

    @Test
    void entries_are_dropped_when_all_who_were_heard_lately_were_trained_to_them() {
        try (SyncedItemLog log = open(10_000)) {
            for (int i = 1; i <= 10; i++) {
                log.append(aFileFull(), BYTES, soon());
            }
            trained = OptionalLong.of(8 * FILE_FULL);
            log.covered("a replica", 5 * FILE_FULL);
            log.sweep();
            assertEquals(1, log.oldestPosition(), "nothing before everybody had the time to say something");

            passes(MEMORY);
            log.covered("a replica", 5 * FILE_FULL);
            log.sweep();
            assertEquals(5 * FILE_FULL + 1, log.oldestPosition(), "the replica's bundle is the oldest");

            passes(MEMORY.minusNanos(1));
            log.sweep();
            assertEquals(5 * FILE_FULL + 1, log.oldestPosition(), "it may come back");

            passes(MEMORY);
            log.sweep();
            assertEquals(8 * FILE_FULL + 1, log.oldestPosition(), "it is gone; the own bundle is the oldest");
            assertEquals(
                    8 * FILE_FULL + 1,
                    log.read(8 * FILE_FULL + 1, 1, 1_000).getFirst().position());
        }
    }

    @Test
    void room_that_is_made_by_dropping_is_given_again() {
        try (SyncedItemLog log = open(10)) {
            log.append(removals("a", "b", "c"), BYTES, soon());
            trained = OptionalLong.of(3);
            passes(MEMORY);
            log.sweep();
            assertEquals(4, log.oldestPosition());
            String[] ten = IntStream.range(0, 10).mapToObj(i -> "x" + i).toArray(String[]::new);
            assertEquals(13, log.append(removals(ten), BYTES, soon()));
        }
    }

    @Test
    void a_new_log_goes_on_after_what_the_bundle_was_trained_to() {
        trained = OptionalLong.of(500);
        try (SyncedItemLog log = open(10)) {
            assertEquals(501, log.append(removals("a"), BYTES, soon()));
        }
    }

    @Test
    void who_waits_for_more_is_woken_by_an_append() throws Exception {
        try (SyncedItemLog log = open(10)) {
            Thread waiting = Thread.startVirtualThread(() -> {
                try {
                    log.awaitAbove(0, Duration.ofSeconds(20));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            log.append(removals("a"), BYTES, soon());
            assertTrue(waiting.join(Duration.ofSeconds(10)), "woken long before its patience ends");
        }
    }

    @Test
    void a_closed_log_takes_nothing() {
        SyncedItemLog log = open(10);
        log.close();
        assertThrows(NotReady.class, () -> log.append(removals("a"), BYTES, soon()));
    }

    @Test
    void the_committer_sweeps_by_itself() {
        try (SyncedItemLog log = open(10)) {
            log.append(removals("a"), BYTES, soon());
            trained = OptionalLong.of(1);
            passes(MEMORY);
            Await.until("the entry is dropped", () -> log.oldestPosition() == 2);
        }
    }

    private SyncedItemLog open(long maxEntries) {
        ItemLogStore store = new ItemLogStore(
                folder,
                ByteSize.mebibytes(1),
                maxEntries,
                new ByteSize(FILE_BYTES),
                MEMORY,
                Duration.ofMillis(100),
                10,
                Duration.ofSeconds(1));
        try {
            return SyncedItemLog.open(store, () -> trained, InstantSource.system(), nanos::get);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void passes(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }

    private static List<NewEntry> removals(String... ids) {
        return Stream.of(ids)
                .map(id -> new NewEntry(new ItemId(id), new ItemChange.Remove()))
                .toList();
    }

    /** Entries that fill a file, so that the next append begins another. */
    private static List<NewEntry> aFileFull() {
        return IntStream.range(0, FILE_FULL)
                .mapToObj(i -> new NewEntry(new ItemId("x".repeat(100) + i), new ItemChange.Remove()))
                .toList();
    }
}
