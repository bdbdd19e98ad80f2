package dev.funnel.candidate.generate;

import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.ItemTest;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.retrieval.TopK;
import dev.funnel.runtime.wire.ItemOrigin;
import dev.funnel.runtime.wire.QueryOrigin;
import java.util.HashSet;
import java.util.Set;

/**
 * Two searches that share one quota, for a question about a user and a seed item: half of what is nominated is the second's best,
 * the rest the first's. All of it is scored by the first, so that scores are of one kind; what an item is worth is the most that either
 * search says of it by its own scores, as if two generators had nominated it.
 *
 * @param scoring finds one half and scores everything
 * @param other finds the other half
 */
record SplitSearch(Search scoring, Search other) implements Search {
    @Override
    public QueryOrigin origin() {
        return scoring.origin();
    }

    @Override
    public ItemOrigin itemOrigin(int itemIndex) {
        return scoring.itemOrigin(itemIndex);
    }

    @Override
    public String note() {
        return scoring.note() + "; half of it " + other.note();
    }

    @Override
    public boolean exact() {
        return scoring.exact() && other.exact();
    }

    @Override
    public Hits best(int limit, ItemTest filter, SearchLimit searchLimit) {
        return shared(limit, scoring.best(limit, filter, searchLimit), other.best(limit, filter, searchLimit));
    }

    @Override
    public Hits exactBest(int limit, ItemTest filter, SearchLimit searchLimit) {
        return shared(
                limit, scoring.exactBest(limit, filter, searchLimit), other.exactBest(limit, filter, searchLimit));
    }

    private Hits shared(int limit, Hits own, Hits others) {
        Set<Integer> chosen = new HashSet<>();
        choose(chosen, others, limit / 2);
        choose(chosen, own, limit);
        choose(chosen, others, limit);
        return scored(chosen, own, others);
    }

    private Hits scored(Set<Integer> chosen, Hits own, Hits others) {
        TopK best = new TopK(chosen.size());
        chosen.forEach(item -> best.offer(item, scoring.score(item)));
        return best.drain(own.filtered() + others.filtered(), own.complete() && others.complete());
    }

    /** Both halves whole: who merges parts can then share the limit out over all of them. */
    @Override
    public Part part(int limit, ItemTest filter, SearchLimit searchLimit) {
        Hits others = other.best(limit, filter, searchLimit);
        Hits own = scoring.best(limit, filter, searchLimit);
        Set<Integer> chosen = new HashSet<>();
        choose(chosen, own, Integer.MAX_VALUE);
        choose(chosen, others, Integer.MAX_VALUE);
        return new Part(scored(chosen, own, others), others);
    }

    @Override
    public Search over(LiveDelta live) {
        return new SplitSearch(scoring.over(live), other.over(live));
    }

    @Override
    public float probability(GeneratorEntry entry, int itemIndex, float score) {
        return Math.max(
                scoring.probability(entry, itemIndex, score),
                other.probability(entry, itemIndex, other.score(itemIndex)));
    }

    @Override
    public float score(int itemIndex) {
        return scoring.score(itemIndex);
    }

    @Override
    public void scores(int[] named, int count, float[] into) {
        scoring.scores(named, count, into);
    }

    /** Adds the best of the hits until there are so many. */
    private static void choose(Set<Integer> chosen, Hits hits, int until) {
        for (int i = 0; i < hits.size() && chosen.size() < until; i++) {
            chosen.add(hits.items()[i]);
        }
    }
}
