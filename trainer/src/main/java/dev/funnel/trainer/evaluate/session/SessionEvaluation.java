package dev.funnel.trainer.evaluate.session;

import dev.funnel.trainer.Progress;
import dev.funnel.trainer.evaluate.EvaluationResult;
import dev.funnel.trainer.evaluate.Overrides;
import dev.funnel.trainer.evaluate.PeakMemory;
import dev.funnel.trainer.fit.RowPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fits systems on sessions and asks them for the next item of others, among all items. Blocks; for one thread.
 *
 * <p>With the rank of the item that came next, from 1, the metrics are means over all questions of (Hidasi et al. 2016,
 * <i>Session-based Recommendations with Recurrent Neural Networks</i>, section 4):
 *
 * <pre>
 * p@20     1 if the rank is at most 20, otherwise 0
 * mrr@20   1 / rank if the rank is at most 20, otherwise 0
 * </pre>
 *
 * <p>Items of the session so far are ranked too: an item that is visited again counts. Ties are pessimistic: an item with the same
 * score as the one that came next, or with a score that is not a number, stands before it.
 */
public final class SessionEvaluation {

    private static final String PROTOCOL = "session";
    private static final int K = 20;

    private final SessionData data;
    private final double readSeconds;
    private final int threads;
    private final Progress progress;

    private SessionEvaluation(SessionData data, double readSeconds, int threads, Progress progress) {
        this.data = data;
        this.readSeconds = readSeconds;
        this.threads = threads;
        this.progress = progress;
    }

    /** Whether a folder holds sessions. */
    public static boolean isFor(Path folder) {
        return Files.exists(folder.resolve(SessionReader.TRAINING));
    }

    /**
     * Reads the sessions of a folder.
     *
     * @param validation ask about the newest training sessions, and never look at the test file's questions
     * @throws IOException naming the file, if one cannot be read or is not as it must be
     */
    public static SessionEvaluation read(Path folder, boolean validation, int threads, Progress progress)
            throws IOException {
        long start = System.nanoTime();
        progress.advance("reading", 0);
        SessionData whole = new SessionReader(folder).read();
        SessionData data = validation ? whole.validation() : whole;
        return new SessionEvaluation(data, secondsSince(start), threads, progress);
    }

    /** The names of the systems there are. */
    public static List<String> names() {
        return SessionSystems.ALL.stream().map(SessionSystem::name).toList();
    }

    /**
     * Fits a system and measures it.
     *
     * @throws IllegalArgumentException if there is no system of this name, or naming a setting it does not have
     * @throws java.util.concurrent.CancellationException if interrupted
     */
    public EvaluationResult evaluate(String system, Overrides settings) {
        PeakMemory.restart();
        long start = System.nanoTime();
        Map<String, String> notes = notes();
        SessionScorer scorer =
                SessionSystems.named(system).fit(new SessionSystem.Task(data, settings, threads, progress, notes));
        double fitSeconds = secondsSince(start);
        Map<String, Double> metrics = metrics(ranks(scorer));
        metrics.replaceAll((name, metric) -> Math.round(metric * 1e4) / 1e4);
        double seconds = secondsSince(start);
        Map<String, Double> stages = new LinkedHashMap<>();
        stages.put("read", readSeconds);
        stages.put("fit", fitSeconds);
        stages.put("evaluate", seconds - fitSeconds);
        return new EvaluationResult(system, PROTOCOL, metrics, readSeconds + seconds, stages, PeakMemory.peak(), notes);
    }

    private Map<String, String> notes() {
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("train_sessions", Integer.toString(data.train().length));
        notes.put("items", Integer.toString(data.items()));
        notes.put("questions", Integer.toString(data.next().length));
        return notes;
    }

    private int[] ranks(SessionScorer scorer) {
        int[] ranks = new int[data.next().length];
        try (RowPool pool = new RowPool(threads)) {
            pool.forEachRow(
                    ranks.length,
                    () -> {
                        float[] scores = new float[data.items()];
                        return question -> {
                            scorer.scores(data.asked()[question], scores);
                            ranks[question] = rank(scores, data.next()[question]);
                        };
                    },
                    "evaluating",
                    progress);
        }
        return ranks;
    }

    private static int rank(float[] scores, int wanted) {
        int rank = 0;
        for (float score : scores) {
            rank += score < scores[wanted] ? 0 : 1; // counts itself, and everything if its own score is not a number
        }
        return rank;
    }

    private static Map<String, Double> metrics(int[] ranks) {
        int hits = 0;
        double reciprocals = 0;
        for (int rank : ranks) {
            if (rank <= K) {
                hits++;
                reciprocals += 1.0 / rank;
            }
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("p@" + K, hits / (double) ranks.length);
        metrics.put("mrr@" + K, reciprocals / ranks.length);
        return metrics;
    }

    private static double secondsSince(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e9;
    }
}
