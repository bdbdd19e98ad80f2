package dev.funnel.gateway.pipeline;

import dev.funnel.gateway.door.Settled;
import dev.funnel.gateway.ladder.Footing;
import dev.funnel.gateway.ladder.Given;
import dev.funnel.gateway.ladder.RankedPool;
import dev.funnel.gateway.stage.Ranks;
import dev.funnel.gateway.stage.Reranked;
import dev.funnel.gateway.stage.Retrieved;
import dev.funnel.gateway.stage.StageAnswer;
import dev.funnel.gateway.stage.StageOutcome;
import dev.funnel.runtime.wire.Stage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that became of one request: how each stage ended, and what left. Answers, explanations and the log are made of it.
 *
 * @param given what the stages gave
 * @param footing what was served of it
 * @param times how long each stage that was asked took
 */
public record Course(Turn turn, Given given, Footing footing, List<StageTime> times) {

    public StageOutcome<Retrieved> candidates() {
        return given.candidates();
    }

    public StageOutcome<Ranks> ranks() {
        return given.ranks();
    }

    public RankedPool ranked() {
        return given.ranked();
    }

    public StageOutcome<Reranked> slate() {
        return given.slate();
    }

    public Settled settled() {
        return footing.settled();
    }

    /** What the stages gave, in the order of the funnel. */
    public Stream<StageAnswer> answers() {
        return Stream.of(candidates(), ranks(), slate()).flatMap(outcome -> outcome.answer().stream());
    }

    /**
     * What it tells of how slow the stages are: shares of their slices. Nothing, if the caller left much less time than the pipeline
     * is made for, for then any stage would seem slow; and nothing of stages that failed.
     */
    public List<Double> shares() {
        Request request = turn.request();
        long given = request.deadline().nanos() - request.arrivedNanos();
        if (given < turn.settings().deadline().toNanos() / 2) {
            return List.of();
        }
        return times.stream()
                .filter(time -> time.ending() != StageTime.Ending.FAILED)
                .map(StageTime::share)
                .toList();
    }

    /** The first stage that did not hold the bundle version. */
    Optional<Stage> refusingVersion() {
        if (candidates().versionMissing()) {
            return Optional.of(Stage.CANDIDATES);
        } else if (ranks().versionMissing()) {
            return Optional.of(Stage.RANKING);
        }
        return slate().versionMissing() ? Optional.of(Stage.RERANKING) : Optional.empty();
    }
}
