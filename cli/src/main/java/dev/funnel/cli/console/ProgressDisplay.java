package dev.funnel.cli.console;

/** Shows how far long work is. Several threads may show; each call is one step. */
sealed interface ProgressDisplay permits BarDisplay, LineDisplay {

    /**
     * Shows one step.
     *
     * @param what the work, the same text for all of its steps
     * @param done the share that is done, 0 to 1
     */
    void show(String what, double done);

    /** Ends what is shown, so that other lines can be written. */
    void finish();
}
