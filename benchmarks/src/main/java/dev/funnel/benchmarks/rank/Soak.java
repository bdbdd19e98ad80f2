package dev.funnel.benchmarks.rank;

import dev.funnel.inference.Forward;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;

/**
 * Does scoring keep memory? Calls are made again and again on one thread; the process's resident memory is told at the start and after
 * every tenth of them. Command: {@code funnel bench ranking --soak 1000000 --json}.
 *
 * @param calls to make
 * @param seen is given the calls made so far and the resident memory, in bytes
 */
public record Soak(long calls, BiConsumer<Long, Long> seen) {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int POINTS = 10;
    private static final long SEED = 17;

    /** Scores random pools in this process. */
    public void run(ForwardBench bench, Forward forward, int candidates) throws IOException {
        Random random = new Random(SEED);
        float[][] heads = new float[1][candidates];
        run(() -> forward.open(bench.pool(random)).score(0, candidates, heads));
    }

    /** Makes the calls. */
    void run(Runnable call) throws IOException {
        for (int point = 0; point <= POINTS; point++) {
            long until = calls * point / POINTS;
            long from = point == 0 ? 0 : calls * (point - 1) / POINTS;
            for (long made = from; made < until; made++) {
                call.run();
            }
            seen.accept(until, residentBytes());
        }
    }

    /** Resident memory of this process as Linux counts it; 0 elsewhere. */
    private static long residentBytes() throws IOException {
        List<String> lines = Files.exists(STATUS) ? Files.readAllLines(STATUS) : List.of();
        return lines.stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                .findFirst()
                .orElse(0);
    }
}
