package dev.funnel.trainer.evaluate;

/** A system under evaluation: scores every item for a user. Asked from several threads. */
@FunctionalInterface
public interface Scorer {

    /** Writes the score of each item to {@code into[itemIndex]}; higher is better. */
    void scores(int user, float[] into);
}
