package dev.funnel.trainer.evaluate;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The most memory that this process used since {@link #restart}. */
public final class PeakMemory {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path CLEAR = Path.of("/proc/self/clear_refs");

    /** Written to {@link #CLEAR}, sets the peak of resident memory to what is resident now (proc(5), Linux 4.0 and later). */
    private static final String CLEAR_PEAK = "5";

    private PeakMemory() {}

    /**
     * @param heapBytes objects of the JVM, including those that were garbage but not collected yet: the sum of the peaks of the
     *     heap's regions, an upper bound
     * @param residentBytes memory of the process that was resident, native libraries included; 0 where the system does not tell.
     *     Memory that the JVM took earlier and has not given back counts
     */
    public record Peak(long heapBytes, long residentBytes) {}

    /** Forgets earlier peaks, after a collection of garbage. */
    public static void restart() {
        System.gc();
        heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
        try {
            Files.writeString(CLEAR, CLEAR_PEAK);
        } catch (IOException e) {
            // Then the peak is that of the whole process, which is what residentBytes says where this cannot be
            // written.
        }
    }

    /** The peaks since then. */
    public static Peak peak() {
        long heap = heapPools().stream()
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        return new Peak(heap, residentPeak());
    }

    private static List<MemoryPoolMXBean> heapPools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
    }

    private static long residentPeak() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
