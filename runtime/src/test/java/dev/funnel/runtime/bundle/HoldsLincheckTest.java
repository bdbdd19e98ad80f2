package dev.funnel.runtime.bundle;

import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/**
 * Leases of two threads while versions are published, in the interleavings that Lincheck's model checker finds (Koval et al. 2023,
 * "Lincheck: A Practical Framework for Testing Concurrent Data Structures on JVM"). An operation throws if a version is leased after it
 * was freed, freed with leases open, or freed twice; run one after the other they never throw.
 */
public class HoldsLincheckTest {
    private static final int ITERATIONS = 12;
    private static final int INVOCATIONS = 250;

    private volatile Version current = new Version();

    private static final class Version {
        private final Holds holds = new Holds();
        private final AtomicInteger leases = new AtomicInteger();
        private final AtomicInteger frees = new AtomicInteger();

        void give() {
            if (holds.give()) {
                if (leases.get() != 0 || frees.incrementAndGet() != 1) {
                    throw new IllegalStateException("freed with " + leases + " leases, " + frees + " times");
                }
            }
        }
    }

    /** As {@link Snapshots#lease} and {@link Lease#close} do. */
    @Operation
    public void lease() {
        Version version = current;
        while (!version.holds.take()) {
            version = current;
        }
        version.leases.incrementAndGet();
        if (version.frees.get() != 0) {
            throw new IllegalStateException("leased after it was freed");
        }
        version.leases.decrementAndGet();
        version.give();
    }

    /** As {@link Snapshots#publish} does, on the watcher's thread only. */
    @Operation(nonParallelGroup = "watcher")
    public void publish() {
        Version before = current;
        current = new Version();
        before.give();
    }

    @Test
    void a_version_is_freed_once_after_its_last_lease_and_not_leased_again() {
        new ModelCheckingOptions()
                .iterations(ITERATIONS)
                .invocationsPerIteration(INVOCATIONS)
                .threads(2)
                .actorsPerThread(2)
                .check(HoldsLincheckTest.class);
    }
}
