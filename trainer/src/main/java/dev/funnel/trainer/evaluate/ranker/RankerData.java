package dev.funnel.trainer.evaluate.ranker;

import java.util.Map;
import java.util.function.IntFunction;

/**
 * Rows in three parts, and how predictions of the last are measured. Models are picked on the validation part.
 *
 * @param name of the data set, e.g. "frappe"
 * @param task what is predicted
 * @param draws the training part as epoch n, from 0, reads it: where negatives are drawn it has others each time; 0 draws {@code training}
 * @param notes what a reader of the figures has to know of the data
 */
record RankerData(
        String name,
        Task task,
        Layout layout,
        Examples training,
        Examples validation,
        Examples test,
        IntFunction<Examples> draws,
        Map<String, String> notes) {

    /** Rows of which none is drawn. */
    RankerData(
            String name,
            Task task,
            Layout layout,
            Examples training,
            Examples validation,
            Examples test,
            Map<String, String> notes) {
        this(name, task, layout, training, validation, test, epoch -> training, notes);
    }

    /** What is predicted, and how it is measured. */
    enum Task {
        /** Whether: the label is 0 or 1, the prediction a probability. */
        CHANCE,
        /** Play time in seconds: the label is a weight, the prediction its expectation. */
        WEIGHT
    }
}
