package dev.funnel.candidate.generate;

import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.retrieval.Similarity;
import dev.funnel.runtime.wire.QueryOrigin;
import java.util.Optional;

/**
 * Nominates items worth scoring from one bundle version. Immutable and safe for several threads; its memory is the bundle's, which
 * is closed after it.
 */
public interface Generator extends AutoCloseable {
    /** What the manifest says of it: name, kind, default limit, calibration. */
    GeneratorEntry entry();

    /** The structure that answers, and why that one, for people. */
    String index();

    /** Share of the exact answer that the structure finds, as measured when it was built; 1 if it is exact. */
    default float indexRecall() {
        return 1;
    }

    /** What it would search for; empty if the question gives it nothing to go on, which is no fault. */
    Optional<Search> search(Question question);

    /**
     * As {@link #search(Question)} where there are live items too, in what is asked about and in what is found. A generator that can
     * make nothing of live items is asked without those the bundle does not hold.
     */
    default Optional<Search> search(Question question, LiveDelta live) {
        return search(question.stored(live.storedSize())).map(search -> search.over(live));
    }

    /** Places items that it was not fitted on; empty if it cannot. */
    default Optional<NewItems> newItems() {
        return Optional.empty();
    }

    /** Whether it nominates what the user has watched already: then the rule that keeps such items out is not applied. */
    default boolean nominatesWatched() {
        return false;
    }

    /** By what a search of that origin compares its vector with those of items; of a generator that has vectors. */
    default Similarity similarity(QueryOrigin origin) {
        String label = entry().similarity();
        return origin.isSeed() ? Similarity.COSINE : label == null ? Similarity.DOT : Similarity.labelled(label);
    }

    default String name() {
        return entry().name();
    }

    @Override
    default void close() {}
}
