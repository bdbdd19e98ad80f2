package dev.funnel.benchmarks.rank;

import dev.funnel.inference.Forward;
import dev.funnel.inference.feature.RankingInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;

/**
 * Does scoring keep memory? Random pools are scored again and again on one thread; the process's resident memory is told at the start and
 * after every tenth of the calls. Command: {@code funnel bench ranking --soak 1000000 --json}.
 */
public final class Soak {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int POINTS = 10;
    private static final long SEED = 17;

    private final ForwardBench bench;
    private final int candidates;

    public Soak(ForwardBench bench, int candidates) {
        this.bench = bench;
        this.candidates = candidates;
    }

    /**
     * Scores pools.
     *
     * @param seen is given the calls made so far and the resident memory, in bytes
     */
    public void run(Forward forward, long calls, BiConsumer<Long, Long> seen) throws IOException {
        Random random = new Random(SEED);
        float[][] heads = new float[1][candidates];
        for (int point = 0; point <= POINTS; point++) {
            long until = calls * point / POINTS;
            long from = point == 0 ? 0 : calls * (point - 1) / POINTS;
            for (long call = from; call < until; call++) {
                RankingInput pool = bench.pool(random);
                forward.open(pool).score(0, candidates, heads);
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
