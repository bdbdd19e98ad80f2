package dev.funnel.trainer.evaluate.ranker;

import dev.funnel.trainer.Progress;
import dev.funnel.trainer.evaluate.EvaluationResult;
import dev.funnel.trainer.evaluate.Overrides;
import dev.funnel.trainer.evaluate.PeakMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Trains rankers on one data set and measures what the exported models predict. Blocks; for one thread. */
public final class RankerEvaluation {

    private final RankerData data;
    private final double readSeconds;
    private final long seed;
    private final int threads;
    private final Progress progress;

    private RankerEvaluation(RankerData data, double readSeconds, long seed, int threads, Progress progress) {
        this.data = data;
        this.readSeconds = readSeconds;
        this.seed = seed;
        this.threads = threads;
        this.progress = progress;
    }

    /** Whether there is a system of this name. */
    public static boolean has(String system) {
        return names().contains(system);
    }

    /** The names of all systems. */
    public static List<String> names() {
        return RankerSystems.ALL.stream().map(RankerSystem::name).toList();
    }

    /**
     * Reads a data set: Frappe, Adult or KuaiRand, whichever the folder holds.
     *
     * @param seed of everything random
     * @param threads at least 1
     * @throws IOException naming the file, if one cannot be read or is not as it must be
     */
    public static RankerEvaluation read(Path folder, long seed, int threads, Progress progress) throws IOException {
        long start = System.nanoTime();
        progress.advance("reading", 0);
        return new RankerEvaluation(readData(folder, seed), secondsSince(start), seed, threads, progress);
    }

    private static RankerData readData(Path folder, long seed) throws IOException {
        if (Files.exists(folder.resolve(FrappeReader.TRAINING))) {
            return new FrappeReader(folder, seed).read();
        }
        if (Files.exists(folder.resolve(AdultReader.TRAINING))) {
            return new AdultReader(folder, seed).read();
        }
        if (Files.exists(folder.resolve(KuaiRandReader.LOG))) {
            return new KuaiRandReader(folder).read();
        }
        throw new IOException(folder + " holds none of the data sets: neither " + FrappeReader.TRAINING + " nor "
                + AdultReader.TRAINING + " nor " + KuaiRandReader.LOG);
    }

    /** The systems that go with the data. */
    public List<String> systems() {
        return RankerSystems.names(data.name());
    }

    /** What the data set is called. */
    public String name() {
        return data.name();
    }

    /**
     * Trains a system and measures it.
     *
     * @param settings to be used instead of the system's own
     * @param validation measure on the validation part, and never look at the test part
     * @throws IllegalArgumentException if the system does not go with the data, or naming a setting that it does not have
     */
    public EvaluationResult evaluate(String system, Overrides settings, boolean validation) {
        PeakMemory.restart();
        long start = System.nanoTime();
        Map<String, String> notes = new LinkedHashMap<>(data.notes());
        var task = new RankerSystem.Task(data, settings, seed, threads, progress, notes);
        RankerSystem.Outcome outcome =
                RankerSystems.named(system, data.name()).evaluate(task, validation ? data.validation() : data.test());
        Map<String, Double> measures = new LinkedHashMap<>(outcome.measures());
        measures.replaceAll((name, measure) -> Math.round(measure * 1e4) / 1e4);
        double seconds = secondsSince(start);
        Map<String, Double> stages = new LinkedHashMap<>();
        stages.put("read", readSeconds);
        stages.put("fit", seconds);
        stages.put("epoch", outcome.secondsPerEpoch());
        return new EvaluationResult(
                system, protocol(validation), measures, readSeconds + seconds, stages, PeakMemory.peak(), notes);
    }

    private String protocol(boolean validation) {
        return data.name() + (validation ? "-validation" : "");
    }

    private static double secondsSince(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e9;
    }
}
