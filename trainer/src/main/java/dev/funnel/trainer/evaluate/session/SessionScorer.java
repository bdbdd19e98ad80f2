package dev.funnel.trainer.evaluate.session;

/** A system under evaluation: scores every item as the next of a session. Asked from several threads. */
@FunctionalInterface
interface SessionScorer {

    /**
     * Writes the score of each item to {@code into[itemIndex]}; higher is better.
     *
     * @param session its items so far, in order, at least one
     */
    void scores(int[] session, float[] into);
}
