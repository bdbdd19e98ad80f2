package dev.funnel.trainer.train;

/**
 * One step of learning without peeking: what generators are fitted on, and what a model is then asked about. Nothing that is
 * asked about was fitted on.
 *
 * @param known places of the interactions to fit on
 * @param asked places of the interactions to foresee
 * @param fromMs with times, all that is known lies before this instant and all that is asked at or after it; without, 0
 * @param toMs with times, all that is asked lies before this instant; without, 0
 */
record Lesson(int[] known, int[] asked, long fromMs, long toMs) {

    boolean timed() {
        return toMs != 0;
    }

    /** Whether an impression of this time is asked about. */
    boolean asksAbout(long timeMs) {
        return timeMs >= fromMs && timeMs < toMs;
    }
}
