package dev.funnel.trainer.evaluate.ranker;

import dev.funnel.trainer.Progress;
import dev.funnel.trainer.evaluate.Overrides;
import java.util.Map;

/** A ranker that can be trained and evaluated on {@link RankerData}. */
interface RankerSystem {

    /** Its name as written on the command line. */
    String name();

    /** Whether there is a plan for the data set of this name. */
    boolean goesWith(String data);

    /**
     * What it is given.
     *
     * @param settings asked for instead of the system's own
     * @param notes where it writes what a reader of its figures has to know
     */
    record Task(
            RankerData data, Overrides settings, long seed, int threads, Progress progress, Map<String, String> notes) {

        /** Notes the settings that the figures are made with; throws if others were asked for. */
        void noteSettings(Object used) {
            settings.requireAllRead();
            notes.put("settings", used.toString());
        }
    }

    /**
     * How good the predictions are.
     *
     * @param secondsPerEpoch of training; of all of it where there are no epochs
     */
    record Outcome(Map<String, Double> measures, double secondsPerEpoch) {}

    /**
     * Trains on the data's training part, picks on its validation part, and measures on some rows what the exported ONNX model says
     * of them in the engine that serves.
     */
    Outcome evaluate(Task task, Examples rows);
}
