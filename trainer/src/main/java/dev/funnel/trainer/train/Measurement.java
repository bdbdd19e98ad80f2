package dev.funnel.trainer.train;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.HeadReliability;
import dev.funnel.inference.Ranker;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.fit.Reliability;
import dev.funnel.trainer.fit.RowPool;
import dev.funnel.trainer.rank.EarlierImpressions;
import dev.funnel.trainer.rank.TrainedRanker;
import dev.funnel.trainer.read.ImpressionLog;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was measured on the hold-out.
 *
 * @param lists by generator's name, also {@link TrainingReport#POOLED} and, with a ranker, {@link TrainingReport#RANKED}
 * @param reliability of the calibrations, by generator's name
 * @param unseen what the generators find of items that nobody had touched before
 * @param ranker null without a ranker or without impressions in the hold-out
 * @param pages the same
 */
record Measurement(
        Map<String, ListMetrics> lists,
        Map<String, Reliability> reliability,
        UnseenItems unseen,
        @Nullable RankerReport ranker,
        @Nullable HeldOutPages pages) {

    /** Generators alone. */
    static Measurement of(ListReport report, UnseenItems unseen) {
        Map<String, ListMetrics> lists = new LinkedHashMap<>(report.generators());
        lists.put(TrainingReport.POOLED, report.pooled());
        return new Measurement(lists, report.reliability(), unseen, null, null);
    }

    /** With a ranker, as it would have been served on the day before the hold-out. */
    Measurement with(TrainedRanker trained, HoldOut holdOut, Prepared prepared, Tables tables, Progress progress) {
        try (Ranker ranker = asServed(trained, holdOut.fitted(), prepared)) {
            PageInputs inputs = inputs(holdOut.fitted(), prepared, tables);
            Map<String, ListMetrics> all = new LinkedHashMap<>(lists);
            all.put(
                    TrainingReport.RANKED,
                    ranked(holdOut, inputs, ranker, prepared.settings().threads(), progress.part(0, .5)));
            HeldOutPages pages = pages(prepared, inputs, ranker, progress.part(.5, 1));
            return new Measurement(all, reliability, unseen, pages == null ? null : RankerReport.of(pages), pages);
        }
    }

    /** What a ranker says of the held-out pages; null without impressions in the hold-out. */
    static @Nullable HeldOutPages pages(
            TrainedRanker trained, FittedGenerators fitted, Prepared prepared, Tables tables, Progress progress) {
        try (Ranker ranker = asServed(trained, fitted, prepared)) {
            return pages(prepared, inputs(fitted, prepared, tables), ranker, progress);
        }
    }

    private static Ranker asServed(TrainedRanker trained, FittedGenerators fitted, Prepared prepared) {
        Map<String, FloatMatrix> vectors = new HashMap<>();
        fitted.vectors(prepared.settings().rankerVectors()).forEach((name, own) -> vectors.put(name, own.rows()));
        return prepared.counted(trained, prepared.syllabus().holdOut()).open(vectors);
    }

    private static PageInputs inputs(FittedGenerators fitted, Prepared prepared, Tables tables) {
        Taught generators = new Taught(new long[] {0}, List.of(fitted), prepared.available());
        ImpressionLog impressions = prepared.impressions();
        return new PageInputs(
                tables.profiles(),
                prepared.historiesFor(prepared.syllabus().holdOut()),
                generators,
                impressions == null ? EarlierImpressions.NONE : EarlierImpressions.of(impressions));
    }

    /** How far the ranker's heads agreed with what was seen: on the hold-out, or else on its own validation examples. */
    List<HeadReliability> reliability(TrainedRanker trained) {
        return ranker == null ? trained.validation().reliability() : ranker.reliability();
    }

    private static ListMetrics ranked(
            HoldOut holdOut, PageInputs inputs, Ranker ranker, int threads, Progress progress) {
        boolean[][] relevant = new boolean[holdOut.users().size()][];
        try (RowPool pool = new RowPool(threads)) {
            pool.forEachRow(
                    relevant.length,
                    () -> row -> {
                        HeldOutUser user = holdOut.users().get(row);
                        float[] scores = ranker.score(inputs.pool(user, holdOut.timeMs()));
                        relevant[row] = user.relevant(Ordering.best(user.pool().items(), scores), user.heldOut());
                    },
                    "ranking pools",
                    progress);
        }
        ListTally tally = new ListTally();
        for (int row = 0; row < relevant.length; row++) {
            tally.add(relevant[row], holdOut.users().get(row).heldOutCount());
        }
        return tally.mean();
    }

    private static @Nullable HeldOutPages pages(
            Prepared prepared, PageInputs inputs, Ranker ranker, Progress progress) {
        ImpressionLog impressions = prepared.impressions();
        if (impressions == null) {
            return null;
        }
        Shown shown = Shown.of(impressions);
        int[] chosen = shown.pagesOf(prepared.syllabus().holdOut());
        if (chosen.length == 0) {
            return null;
        }
        return HeldOutPages.score(
                shown,
                prepared.liked(),
                chosen,
                inputs,
                ranker,
                prepared.settings().threads(),
                progress);
    }
}
