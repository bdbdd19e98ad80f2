package dev.funnel.gateway.stage;

import dev.funnel.runtime.deadline.Deadline;

/** Stage 1 as the gateway calls it. Never throws; returns at {@code until} at the latest. */
@FunctionalInterface
public interface CandidateStage {
    StageOutcome<Retrieved> retrieve(RetrieveCall call, Deadline until);
}
