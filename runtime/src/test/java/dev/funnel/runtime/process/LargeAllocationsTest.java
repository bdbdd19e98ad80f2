package dev.funnel.runtime.process;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class LargeAllocationsTest {

    private static final long LARGE_BYTES = 16 << 20;
    private static final long SMALL_BYTES = 64 << 10;
    private static final int COUNT = 6;

    @Test
    void large_memory_that_is_freed_leaves_the_process_though_small_memory_made_after_it_stays() throws IOException {
        Assumptions.assumeTrue(
                Linker.nativeLinker().defaultLookup().find("mallopt").isPresent(), "the C library is not glibc");
        LargeAllocations.mapEach();
        allocate(LARGE_BYTES).close(); // without the setting this would raise the threshold above it
        List<Arena> large = new ArrayList<>();
        List<Arena> small = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            large.add(allocate(LARGE_BYTES));
            small.add(allocate(SMALL_BYTES));
        }
        long held = anonymousBytes();
        large.forEach(Arena::close);
        long left = held - anonymousBytes();
        small.forEach(Arena::close);
        assertTrue(left > COUNT / 2 * LARGE_BYTES, () -> "of " + COUNT * LARGE_BYTES + " bytes left " + left);
    }

    /** Memory that is touched, so that it is resident. */
    private static Arena allocate(long bytes) {
        Arena arena = Arena.ofConfined();
        arena.allocate(bytes).fill((byte) 1);
        return arena;
    }

    private static long anonymousBytes() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Anonymous:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                            .sum()
                    << 10;
        }
    }
}
