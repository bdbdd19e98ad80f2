package dev.funnel.trainer.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.trainer.Progress;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class RowPoolTest {

    @Test
    void every_row_is_worked_on_once() {
        AtomicIntegerArray seen = new AtomicIntegerArray(10_007);
        try (RowPool pool = new RowPool(3)) {
            pool.forEachRow(seen.length(), () -> seen::incrementAndGet, "counting", Progress.SILENT);
        }
        for (int row = 0; row < seen.length(); row++) {
            assertEquals(1, seen.get(row), "row " + row);
        }
    }

    @Test
    void a_thread_s_scratch_is_its_own() {
        AtomicInteger made = new AtomicInteger();
        try (RowPool pool = new RowPool(3)) {
            pool.forEachRow(
                    100,
                    () -> {
                        made.incrementAndGet();
                        return row -> {};
                    },
                    "counting",
                    Progress.SILENT);
        }
        assertTrue(made.get() <= 3, made + " made");
    }

    @Test
    void a_failure_reaches_the_caller() {
        try (RowPool pool = new RowPool(2)) {
            IllegalStateException failure = assertThrows(
                    IllegalStateException.class,
                    () -> pool.forEachRow(
                            10,
                            () -> row -> {
                                throw new ArithmeticException("row " + row);
                            },
                            "failing",
                            Progress.SILENT));
            assertInstanceOf(ArithmeticException.class, failure.getCause());
        }
    }

    @Test
    void interrupting_the_waiting_thread_interrupts_the_workers() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        AtomicReference<String> stoppedBecause = new AtomicReference<>("nothing");
        Thread waiting = Thread.ofPlatform().start(() -> {
            try (RowPool pool = new RowPool(1)) {
                pool.forEachRow(1, () -> row -> blockUntilInterrupted(working, stopped), "waiting", Progress.SILENT);
            } catch (CancellationException e) {
                stoppedBecause.set(String.valueOf(e.getMessage()));
            }
        });
        working.await();
        waiting.interrupt();
        waiting.join();
        stopped.await();
        assertEquals("interrupted: waiting", stoppedBecause.get());
    }

    private static void blockUntilInterrupted(CountDownLatch working, CountDownLatch stopped) {
        working.countDown();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            stopped.countDown();
        }
    }
}
