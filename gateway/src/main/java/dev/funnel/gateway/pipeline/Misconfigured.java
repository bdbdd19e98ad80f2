package dev.funnel.gateway.pipeline;

/** What becomes of a request whose pipeline asks a stage for what the stage does not know or does not allow. */
public enum Misconfigured {
    /** The caller gets an error that names the pipeline, the stage and what it refused. */
    FAIL,
    /** The caller gets what there is without the stage, and a degradation of a kind of its own. */
    DEGRADE
}
