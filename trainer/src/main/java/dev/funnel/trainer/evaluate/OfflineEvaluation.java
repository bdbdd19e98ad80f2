package dev.funnel.trainer.evaluate;

import dev.funnel.trainer.Progress;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Fits systems on the training part of a split and measures them on the held-out part. Blocks; for one thread. */
public final class OfflineEvaluation {

    private final Split split;
    private final double readSeconds;
    private final long seed;
    private final int threads;
    private final Progress progress;

    private OfflineEvaluation(Split split, double readSeconds, long seed, int threads, Progress progress) {
        this.split = split;
        this.readSeconds = readSeconds;
        this.seed = seed;
        this.threads = threads;
        this.progress = progress;
    }

    /** Where a split comes from. */
    @FunctionalInterface
    public interface SplitReader {

        /**
         * Reads it.
         *
         * @throws IOException naming the file, if one cannot be read or is not as it must be
         */
        Split read(Progress progress) throws IOException;
    }

    /**
     * Reads the data.
     *
     * @param seed of everything random in the fits
     * @param threads at least 1
     * @throws java.util.concurrent.CancellationException if interrupted
     */
    public static OfflineEvaluation read(SplitReader reader, long seed, int threads, Progress progress)
            throws IOException {
        long start = System.nanoTime();
        progress.advance("reading", 0);
        Split split = reader.read(progress);
        return new OfflineEvaluation(split, secondsSince(start), seed, threads, progress);
    }

    /**
     * Fits a system and measures it.
     *
     * @param settings to be used instead of the system's defaults
     * @throws IllegalArgumentException naming a setting that is out of bounds or that the system does not have
     * @throws java.util.concurrent.CancellationException if interrupted
     */
    public EvaluationResult evaluate(OfflineSystem system, Overrides settings) {
        PeakMemory.restart();
        Map<String, String> notes = new LinkedHashMap<>(split.notes());
        long start = System.nanoTime();
        FitTask task =
                new FitTask(split.train(), split.users(), split.items(), settings, seed, threads, progress, notes);
        try (Scorer scorer = system.fit(task)) {
            settings.requireAllRead();
            double fitSeconds = secondsSince(start);
            Map<String, Double> metrics = split.measure(scorer, threads, progress);
            metrics.replaceAll((name, metric) -> rounded(metric));
            double seconds = readSeconds + secondsSince(start);
            Map<String, Double> stages = new LinkedHashMap<>();
            stages.put("read", readSeconds);
            stages.put("fit", fitSeconds);
            stages.put("evaluate", seconds - readSeconds - fitSeconds);
            return new EvaluationResult(
                    system.name(), split.protocol().label(), metrics, seconds, stages, PeakMemory.peak(), notes);
        }
    }

    /** Four digits, as such figures are published: the fifth is decided by a single one of 6,040 users. */
    private static double rounded(double metric) {
        return Math.round(metric * 1e4) / 1e4;
    }

    private static double secondsSince(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e9;
    }
}
