package dev.funnel.trainer.tower;

import dev.funnel.inference.feature.RankingInput;

/** Positives to learn from: what a person watched next, and what was known of the person before. */
public interface TowerExamples {

    /** The examples of one pass, in a seeded order, no user with more than its share. */
    Epoch epoch(int number);

    /** By item, the share of all labels that it is to be expected to be; adds up to 1. */
    float[] labelShares();

    /** Examples. May be asked by several threads. */
    interface Epoch {
        int size();

        /** The items watched; of several, each counts as an example of its own with the same input. */
        int[] labels(int example);

        /** What was known before; never the label. */
        RankingInput person(int example);
    }
}
