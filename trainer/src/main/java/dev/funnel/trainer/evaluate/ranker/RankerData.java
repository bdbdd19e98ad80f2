package dev.funnel.trainer.evaluate.ranker;

import java.util.Map;

/**
 * Rows in three parts, and how predictions of the last are measured. Models are picked on the validation part.
 *
 * @param name of the data set, e.g. "frappe"
 * @param task what is predicted
 * @param notes what a reader of the figures has to know of the data
 */
record RankerData(
        String name,
        Task task,
        Layout layout,
        Examples training,
        Examples validation,
        Examples test,
        Map<String, String> notes) {

    /** What is predicted, and how it is measured. */
    enum Task {
        /** Whether: the label is 0 or 1, the prediction a probability. */
        CHANCE,
        /** Play time in seconds: the label is a weight, the prediction its expectation. */
        WEIGHT
    }
}
