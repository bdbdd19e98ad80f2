package dev.funnel.trainer.rank;

import dev.funnel.inference.feature.GeneratorSignals;
import dev.funnel.trainer.generate.Asker;
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
     * What each generator says of these items, as {@code Nomination.pool_scores} would: those with nothing to go on are missing, as
     * they are when serving.
     *
     * @param asker who asks, without the trained row: it may know of what came later
     */
    List<GeneratorSignals> signals(Asker asker, int[] items);

    /**
     * The pool that would have been ranked: at most {@code limit} items from all generators, without what the history holds.
     * Negatives are drawn from it where there are no impressions.
     */
    int[] pool(Asker asker, int limit);
}
