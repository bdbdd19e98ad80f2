package dev.funnel.trainer.train;

import dev.funnel.inference.Ranker;
import dev.funnel.inference.feature.GeneratorSignals;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.fit.RowPool;
import dev.funnel.trainer.rank.HeadKind;
import dev.funnel.trainer.rank.MetricsCount;
import dev.funnel.trainer.read.ImpressionLog;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Held-out impressions and what was predicted for them before, as parallel arrays.
 *
 * @param log with known watch times only, see {@link ImpressionLog#withKnownWatches}
 * @param liked of every impression of the log whether it was liked; empty if nobody could tell
 * @param impressions their places in the log, page by page
 * @param pageStarts where each page begins, and at the end how many impressions there are
 * @param served the score of each as if it had been shown first: what serving orders by
 * @param shown the score of each at the position where it was shown: what the outcome is to be compared with
 * @param heads each head's value of each at the position where it was shown, by its name
 * @param known how many interactions of its user were known before each
 * @param generators each generator's own score of each, by its name
 */
public record HeldOutPages(
        ImpressionLog log,
        boolean[] liked,
        int[] impressions,
        int[] pageStarts,
        float[] served,
        float[] shown,
        Map<String, float[]> heads,
        int[] known,
        Map<String, float[]> generators) {

    static HeldOutPages score(
            Shown pages,
            boolean[] liked,
            int[] chosen,
            PageInputs inputs,
            Ranker ranker,
            int threads,
            Progress progress) {
        int[] starts = new int[chosen.length + 1];
        for (int p = 0; p < chosen.length; p++) {
            starts[p + 1] = starts[p] + pages.page(chosen[p]).length;
        }
        int size = starts[chosen.length];
        HeldOutPages scored = new HeldOutPages(
                pages.log().withKnownWatches(),
                liked,
                new int[size],
                starts,
                new float[size],
                new float[size],
                columns(ranker.objectives().heads(), size),
                new int[size],
                columns(inputs.generators().generators(), size));
        try (RowPool pool = new RowPool(threads)) {
            pool.forEachRow(
                    chosen.length,
                    () -> p -> scored.score(pages.page(chosen[p]), starts[p], inputs, ranker),
                    "ranking held-out pages",
                    progress);
        }
        return scored;
    }

    private static Map<String, float[]> columns(List<String> names, int size) {
        Map<String, float[]> columns = new LinkedHashMap<>();
        names.forEach(name -> columns.put(name, new float[size]));
        return columns;
    }

    private void score(int[] page, int at, PageInputs inputs, Ranker ranker) {
        RankingInput first = inputs.served(log, page);
        System.arraycopy(page, 0, impressions, at, page.length);
        System.arraycopy(ranker.score(first), 0, served, at, page.length);
        scoreAsShown(inputs.shown(log, page), at, ranker);
        Arrays.fill(known, at, at + page.length, first.history().size());
        for (GeneratorSignals signals : first.generators()) {
            float[] scores = signals.scores();
            System.arraycopy(scores, 0, column(generators, signals.generator()), at, scores.length);
        }
    }

    private void scoreAsShown(RankingInput input, int at, Ranker ranker) {
        int size = input.candidates().length;
        Ranker.Scoring scoring = ranker.begin(input);
        scoring.score(0, size);
        float[] score = new float[size];
        ranker.objectives().byDefault().score(scoring.heads(), score);
        System.arraycopy(score, 0, shown, at, size);
        for (int head = 0; head < heads.size(); head++) {
            String name = ranker.objectives().heads().get(head);
            System.arraycopy(scoring.heads()[head], 0, column(heads, name), at, size);
        }
    }

    private static float[] column(Map<String, float[]> columns, String name) {
        return Objects.requireNonNull(columns.get(name), name);
    }

    /** How many impressions there are. */
    public int size() {
        return impressions.length;
    }

    boolean clicked(int i) {
        return log.clicked()[impressions[i]];
    }

    /** Seconds watched. */
    float watched(int i) {
        return log.watchSeconds()[impressions[i]];
    }

    /** What an impression turned out to be, in the unit of a head. */
    float observed(HeadKind head, int i) {
        return switch (head) {
            case CLICK -> clicked(i) ? 1 : 0;
            case LIKE -> liked.length > 0 && liked[impressions[i]] ? 1 : 0;
            case WATCH_TIME, PREFERENCE -> clicked(i) ? watched(i) : 0;
        };
    }

    /** How well an order of the impressions agrees with what was clicked and watched. */
    MetricsCount count(float[] scores) {
        MetricsCount count = new MetricsCount();
        for (int p = 0; p + 1 < pageStarts.length; p++) {
            int size = pageStarts[p + 1] - pageStarts[p];
            float[] watched = new float[size];
            boolean[] clicked = new boolean[size];
            for (int i = 0; i < size; i++) {
                watched[i] = watched(pageStarts[p] + i);
                clicked[i] = clicked(pageStarts[p] + i);
            }
            count.add(Arrays.copyOfRange(scores, pageStarts[p], pageStarts[p + 1]), watched, clicked);
        }
        return count;
    }

    /** The impressions' numbers, 0 to {@link #size} - 1, of one user after the other. */
    int[] byUser() {
        return Ordering.ascending(size(), i -> log.users()[impressions[i]]);
    }
}
