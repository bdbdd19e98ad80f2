package dev.funnel.trainer.train;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.inference.Ranker;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.fit.Reliability;
import dev.funnel.trainer.fit.RowPool;
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
 * @param ranker null without a ranker or without impressions in the hold-out
 * @param pages the same
 */
record Measurement(
        Map<String, ListMetrics> lists,
        Map<String, Reliability> reliability,
        @Nullable RankerReport ranker,
        @Nullable HeldOutPages pages) {

    /** Generators alone. */
    static Measurement of(ListReport report) {
        Map<String, ListMetrics> lists = new LinkedHashMap<>(report.generators());
        lists.put(TrainingReport.POOLED, report.pooled());
        return new Measurement(lists, report.reliability(), null, null);
    }

    /** With a ranker, as it would have been served on the day before the hold-out. */
    Measurement with(TrainedRanker trained, HoldOut holdOut, Prepared prepared, Tables tables, Progress progress) {
        Lesson lesson = prepared.syllabus().holdOut();
        TrainedRanker counted = prepared.counted(trained, lesson);
        Map<String, FloatMatrix> vectors = new HashMap<>();
        holdOut.fitted()
                .vectors(prepared.settings().rankerVectors())
                .forEach((name, own) -> vectors.put(name, own.rows()));
        Taught generators = new Taught(new long[] {0}, List.of(holdOut.fitted()), prepared.available());
        PageInputs inputs = new PageInputs(tables.profiles(), prepared.historiesFor(lesson), generators);
        try (Ranker ranker = counted.open(vectors)) {
            Map<String, ListMetrics> all = new LinkedHashMap<>(lists);
            all.put(
                    TrainingReport.RANKED,
                    ranked(holdOut, inputs, ranker, prepared.settings().threads(), progress.part(0, .5)));
            HeldOutPages pages = pages(prepared, inputs, ranker, progress.part(.5, 1));
            return new Measurement(all, reliability, pages == null ? null : RankerReport.of(pages), pages);
        }
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
                shown, chosen, inputs, ranker::score, prepared.settings().threads(), progress);
    }
}
