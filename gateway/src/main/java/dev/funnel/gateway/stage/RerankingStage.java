package dev.funnel.gateway.stage;

import dev.funnel.runtime.deadline.Deadline;

/** Stage 3 as the gateway calls it. Never throws; returns at {@code until} at the latest. */
@FunctionalInterface
public interface RerankingStage {
    StageOutcome<Reranked> rerank(RerankCall call, Deadline until);
}
