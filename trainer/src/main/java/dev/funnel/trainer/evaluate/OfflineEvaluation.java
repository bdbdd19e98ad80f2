package dev.funnel.trainer.evaluate;

import dev.funnel.retrieval.NeighbourLists;
import dev.funnel.retrieval.NeighbourSums;
import dev.funnel.retrieval.RankedList;
import dev.funnel.retrieval.Similarity;
import dev.funnel.retrieval.VectorScorer;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.fit.Covisitation;
import dev.funnel.trainer.fit.CovisitationSettings;
import dev.funnel.trainer.fit.Factors;
import dev.funnel.trainer.fit.Popularity;
import dev.funnel.trainer.fit.SparseRows;
import dev.funnel.trainer.fit.Wals;
import dev.funnel.trainer.fit.WalsSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Fits a system on the training part of a published split and evaluates it on the held-out part: all in one call. */
public final class OfflineEvaluation {

    private final int dimensions;
    private final int threads = Runtime.getRuntime().availableProcessors();
    private final Progress progress;
    private final Map<String, String> notes = new LinkedHashMap<>();

    private OfflineEvaluation(int dimensions, Progress progress) {
        this.dimensions = dimensions;
        this.progress = progress;
    }

    /**
     * Reads, fits with the default settings, evaluates.
     *
     * @param folder where the split's files are
     * @param dimensions length of the vectors, for systems that have any
     * @throws NcfFormatException naming file, line and rule, if a file is not as it must be
     * @throws IOException naming the file, if one cannot be read
     * @throws java.util.concurrent.CancellationException if interrupted
     */
    public static EvaluationResult run(
            OfflineSystem system, Path folder, Protocol protocol, int dimensions, Progress progress)
            throws IOException {
        long start = System.nanoTime();
        progress.advance("reading", 0);
        NcfData data = switch (protocol) {
            case NCF -> NcfData.read(folder);
        };
        return new OfflineEvaluation(dimensions, progress).evaluate(system, protocol, data, start);
    }

    /** Four digits, as such figures are published: the fifth is decided by a single one of 6,040 users. */
    private static double rounded(double metric) {
        return Math.round(metric * 1e4) / 1e4;
    }

    private EvaluationResult evaluate(OfflineSystem system, Protocol protocol, NcfData data, long startNanos) {
        Scorer scorer = fit(system, data.train());
        Map<String, Double> metrics = NcfEvaluation.evaluate(scorer, data, threads, progress);
        metrics.replaceAll((name, metric) -> rounded(metric));
        notes.put("users", Integer.toString(data.users()));
        notes.put("items", Integer.toString(data.items()));
        notes.put("train_interactions", Integer.toString(data.train().entries()));
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        return new EvaluationResult(Named.label(system), Named.label(protocol), metrics, seconds, notes);
    }

    private Scorer fit(OfflineSystem system, SparseRows train) {
        return switch (system) {
            case POPULARITY -> popularity(train);
            case COVISIT -> covisitation(train);
            case ALS -> factorization(train);
        };
    }

    private static Scorer popularity(SparseRows train) {
        RankedList list = Popularity.fit(train, train.columns()).list();
        float[] scores = new float[train.columns()];
        for (int item = 0; item < scores.length; item++) {
            scores[item] = list.score(item);
        }
        return (user, into) -> System.arraycopy(scores, 0, into, 0, scores.length);
    }

    private Scorer covisitation(SparseRows train) {
        CovisitationSettings settings = CovisitationSettings.defaults(threads);
        notes.put("settings", settings.toString());
        NeighbourLists lists = Covisitation.fit(train, settings, progress).lists();
        return (user, into) -> {
            NeighbourSums sums = lists.sums(train.columnsOf(user), train.valuesOf(user));
            for (int item = 0; item < into.length; item++) {
                into[item] = sums.score(item);
            }
        };
    }

    private Scorer factorization(SparseRows train) {
        WalsSettings settings = WalsSettings.defaults(dimensions, threads);
        notes.put("settings", settings.toString());
        Factors factors = Wals.fit(train, settings, progress);
        VectorScorer scorer = new VectorScorer(factors.items(), Similarity.DOT);
        return (user, into) -> {
            float[] query = new float[factors.users().columns()];
            factors.users().copyRow(user, query, 0);
            scorer.scores(query, 0, into.length, into);
        };
    }
}
