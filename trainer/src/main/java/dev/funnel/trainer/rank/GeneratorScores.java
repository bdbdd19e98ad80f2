package dev.funnel.trainer.rank;

import dev.funnel.bundle.History;
import dev.funnel.inference.feature.GeneratorSignals;
import java.util.List;

/**
 * Generators as a ranker's examples see them. They must have been fitted on data that holds none of the examples' labels: an
 * earlier time, or another fold. Their scores are features, and factors that saw the label would give it away. Scores have to
 * mean the same later: no counts that grow from bundle to bundle. Safe for several threads.
 */
public interface GeneratorScores {
    /** Names of the generators, in a fixed order. */
    List<String> generators();

    /**
     * What each generator says of these items, in the order of {@link #generators}, as {@code Nomination.pool_scores} would.
     *
     * @param history what the user had done before {@code timeMs}, newest first
     */
    List<GeneratorSignals> signals(int user, History history, long timeMs, int[] items);

    /**
     * The pool that would have been ranked: at most {@code limit} items from all generators, without what the history holds.
     * Negatives are drawn from it where there are no impressions.
     */
    int[] pool(int user, History history, long timeMs, int limit);
}
