package dev.funnel.gateway.pipeline;

import dev.funnel.gateway.door.Settled;
import dev.funnel.gateway.stage.Ranks;
import dev.funnel.gateway.stage.Reranked;
import dev.funnel.gateway.stage.Retrieved;
import dev.funnel.gateway.stage.StageAnswer;
import dev.funnel.gateway.stage.StageOutcome;
import dev.funnel.runtime.wire.Stage;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that became of one request: how each stage ended, and what left. Answers, explanations and the log are made of it.
 */
public record Course(
        Turn turn,
        StageOutcome<Retrieved> candidates,
        StageOutcome<Ranks> ranks,
        RankedPool ranked,
        StageOutcome<Reranked> slate,
        Settled settled) {

    /** What the stages gave, in the order of the funnel. */
    public Stream<StageAnswer> answers() {
        return Stream.of(candidates, ranks, slate).flatMap(outcome -> outcome.answer().stream());
    }

    /** The first stage that did not hold the bundle version. */
    Optional<Stage> refusingVersion() {
        if (candidates.versionMissing()) {
            return Optional.of(Stage.CANDIDATES);
        } else if (ranks.versionMissing()) {
            return Optional.of(Stage.RANKING);
        }
        return slate.versionMissing() ? Optional.of(Stage.RERANKING) : Optional.empty();
    }
}
