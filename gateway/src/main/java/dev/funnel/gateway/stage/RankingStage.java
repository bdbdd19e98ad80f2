package dev.funnel.gateway.stage;

import dev.funnel.runtime.deadline.Deadline;

/** Stage 2 as the gateway calls it. Never throws; returns at {@code until} at the latest. */
@FunctionalInterface
public interface RankingStage {
    StageOutcome<Ranks> rank(RankCall call, Deadline until);
}
