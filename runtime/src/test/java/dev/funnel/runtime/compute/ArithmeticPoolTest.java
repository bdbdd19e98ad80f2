package dev.funnel.runtime.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.error.DeadlinePassed;
import dev.funnel.runtime.error.Overloaded;
import dev.funnel.runtime.testing.Await;
import io.grpc.Context;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ArithmeticPoolTest {
    private static final Context.Key<String> CALLER = Context.key("caller");

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(10));
    }

    private static int wait(CountDownLatch latch) throws InterruptedException {
        latch.await();
        return 1;
    }

    @Test
    void work_is_done_on_a_platform_thread_in_the_context_of_who_asks() throws Exception {
        try (ArithmeticPool pool = new ArithmeticPool("test", 1, 1)) {
            Context.current().withValue(CALLER, "me").call(() -> {
                assertEquals("me", pool.call(soon(), CALLER::get));
                return null;
            });
            assertFalse(pool.call(soon(), () -> Thread.currentThread().isVirtual()));
            assertTrue(pool.call(soon(), () -> Thread.currentThread().getName()).startsWith("test-"));
        }
    }

    @Test
    void what_the_work_throws_reaches_who_asks() {
        try (ArithmeticPool pool = new ArithmeticPool("test", 1, 1)) {
            assertThrows(ArithmeticException.class, () -> pool.call(soon(), () -> Math.floorDiv(1, 0)));
        }
    }

    @Test
    void waiting_ends_at_the_deadline_and_work_not_begun_by_then_is_never_begun() {
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean begun = new AtomicBoolean();
        try (ArithmeticPool pool = new ArithmeticPool("test", 1, 4)) {
            Thread.ofVirtual().start(() -> pool.call(soon(), () -> wait(goOn)));
            Await.until("the only thread is busy", () -> pool.busy() == 1);
            assertThrows(
                    DeadlinePassed.class,
                    () -> pool.call(Deadline.after(Duration.ofMillis(20)), () -> {
                        begun.set(true);
                        return 1;
                    }));
            goOn.countDown();
            assertEquals(2, pool.call(soon(), () -> 2));
            assertFalse(begun.get());
        }
    }

    @Test
    void work_beyond_the_queue_is_turned_away_at_once() {
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger done = new AtomicInteger();
        try (ArithmeticPool pool = new ArithmeticPool("test", 1, 1)) {
            for (int i = 0; i < 2; i++) {
                Thread.ofVirtual().start(() -> done.addAndGet(pool.call(soon(), () -> wait(goOn))));
                int expected = i;
                Await.until("work " + i + " is taken", () -> pool.busy() == 1 && pool.waiting() == expected);
            }
            Overloaded refusal = assertThrows(Overloaded.class, () -> pool.call(soon(), () -> 1));
            assertFalse(refusal.retryAfter().isZero());
            goOn.countDown();
            Await.until("the work taken is done", () -> done.get() == 2);
        }
    }
}
