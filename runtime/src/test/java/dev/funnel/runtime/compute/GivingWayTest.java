package dev.funnel.runtime.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class GivingWayTest {
    private static final int FIELDS_BEFORE_NICE = 16; // of proc_pid_stat(5), after the name

    private static int nice() throws IOException {
        String stat = Files.readString(Path.of("/proc/thread-self/stat"));
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[FIELDS_BEFORE_NICE]);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void the_work_gives_way_and_whoever_asked_for_it_does_not() throws Exception {
        int before = nice();
        assertEquals(Math.max(before, GivingWay.NICE), GivingWay.call("work", GivingWayTest::nice));
        assertEquals(before, nice());
    }

    @Test
    void what_the_work_throws_reaches_whoever_asked_for_it() {
        IOException failure = new IOException("no disk");
        assertSame(
                failure,
                assertThrows(
                        IOException.class,
                        () -> GivingWay.call("work", () -> {
                            throw failure;
                        })));
        StackOverflowError error = new StackOverflowError();
        assertSame(
                error,
                assertThrows(
                        StackOverflowError.class,
                        () -> GivingWay.call("work", () -> {
                            throw error;
                        })));
    }

    @Test
    void an_interrupt_reaches_the_work_which_is_awaited() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        AtomicBoolean seen = new AtomicBoolean();
        Thread asking = Thread.ofPlatform().start(() -> {
            try {
                GivingWay.call("work", () -> {
                    begun.countDown();
                    while (!Thread.currentThread().isInterrupted()) {
                        LockSupport.park();
                    }
                    ended.set(true);
                    return "";
                });
                seen.set(ended.get() && Thread.currentThread().isInterrupted());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        begun.await();
        assertFalse(ended.get());
        asking.interrupt();
        asking.join();
        assertTrue(seen.get());
    }
}
