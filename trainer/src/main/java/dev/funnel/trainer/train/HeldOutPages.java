package dev.funnel.trainer.train;

import dev.funnel.inference.feature.GeneratorSignals;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.fit.RowPool;
import dev.funnel.trainer.read.ImpressionLog;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Held-out impressions and what was predicted for them before, as parallel arrays.
 *
 * @param impressions their places in the log, page by page
 * @param pageStarts where each page begins, and at the end how many impressions there are
 * @param served the ranker's value of each as if it had been shown first: what serving orders by
 * @param shown the ranker's value of each at the position where it was shown: what the outcome is to be compared with
 * @param generators each generator's own score of each, by its name
 */
public record HeldOutPages(
        ImpressionLog log,
        int[] impressions,
        int[] pageStarts,
        float[] served,
        float[] shown,
        Map<String, float[]> generators) {

    /** Scores a slate: the default head's value of every candidate. Safe for several threads. */
    @FunctionalInterface
    interface Scoring {
        float[] score(RankingInput input);
    }

    static HeldOutPages score(
            Shown pages, int[] chosen, PageInputs inputs, Scoring ranker, int threads, Progress progress) {
        int[] starts = new int[chosen.length + 1];
        for (int p = 0; p < chosen.length; p++) {
            starts[p + 1] = starts[p] + pages.page(chosen[p]).length;
        }
        int size = starts[chosen.length];
        HeldOutPages scored = new HeldOutPages(
                pages.log(), new int[size], starts, new float[size], new float[size], new LinkedHashMap<>());
        for (String generator : inputs.generators().generators()) {
            scored.generators.put(generator, new float[size]);
        }
        try (RowPool pool = new RowPool(threads)) {
            pool.forEachRow(
                    chosen.length,
                    () -> p -> scored.score(pages.page(chosen[p]), starts[p], inputs, ranker),
                    "ranking held-out pages",
                    progress);
        }
        return scored;
    }

    private void score(int[] page, int at, PageInputs inputs, Scoring ranker) {
        RankingInput first = inputs.served(log, page);
        System.arraycopy(page, 0, impressions, at, page.length);
        System.arraycopy(ranker.score(first), 0, served, at, page.length);
        System.arraycopy(ranker.score(inputs.shown(log, page)), 0, shown, at, page.length);
        for (GeneratorSignals signals : first.generators()) {
            System.arraycopy(signals.scores(), 0, generators.get(signals.generator()), at, page.length);
        }
    }

    /** How many impressions there are. */
    public int size() {
        return impressions.length;
    }

    boolean clicked(int i) {
        return log.clicked()[impressions[i]];
    }

    /** Seconds watched; an unknown time counts as one second. */
    float watched(int i) {
        float watched = log.watchSeconds()[impressions[i]];
        return Float.isNaN(watched) ? 1 : watched;
    }

    /** The impressions' numbers, 0 to {@link #size} - 1, of one user after the other. */
    int[] byUser() {
        return Ordering.ascending(size(), i -> log.users()[impressions[i]]);
    }
}
