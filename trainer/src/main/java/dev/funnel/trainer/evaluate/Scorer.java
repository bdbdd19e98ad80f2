package dev.funnel.trainer.evaluate;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.retrieval.Similarity;
import dev.funnel.retrieval.VectorScorer;

/** A system under evaluation: scores every item for a user. Asked from several threads. */
@FunctionalInterface
public interface Scorer extends AutoCloseable {

    /** Writes the score of each item to {@code into[itemIndex]}; higher is better. */
    void scores(int user, float[] into);

    /** Frees what the system holds beside ordinary memory; it is not asked again. */
    @Override
    default void close() {}

    /** Scores by the inner product of a user's row and an item's row. */
    static Scorer ofVectors(FloatMatrix users, FloatMatrix items) {
        VectorScorer scorer = new VectorScorer(items, Similarity.DOT);
        return (user, into) -> scorer.scores(users.row(user), 0, into.length, into);
    }
}
