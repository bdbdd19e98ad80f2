package dev.funnel.gateway.ladder;

import dev.funnel.gateway.stage.Ranks;
import dev.funnel.gateway.stage.Reranked;
import dev.funnel.gateway.stage.Retrieved;
import dev.funnel.gateway.stage.StageAnswer;
import dev.funnel.gateway.stage.StageOutcome;
import dev.funnel.runtime.wire.Degradation;
import dev.funnel.runtime.wire.DegradationKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the stages of one request gave.
 *
 * @param ranked the candidates there are with the best scores there are
 * @param effort how hard they were asked to try, in (0, 1]
 */
public record Given(
        StageOutcome<Retrieved> candidates,
        StageOutcome<Ranks> ranks,
        RankedPool ranked,
        StageOutcome<Reranked> slate,
        float effort) {
    private static final Set<DegradationKind> LOST_PARTS = EnumSet.of(
            DegradationKind.LATE,
            DegradationKind.FAILED,
            DegradationKind.SHED,
            DegradationKind.REDUCED_EFFORT,
            DegradationKind.SHARD_MISSING,
            DegradationKind.VERSION_MISSING,
            DegradationKind.GENERATOR_MISSING,
            DegradationKind.MISCONFIGURED);

    /** Whether there might be candidates but for a loss: generation is absent, or gave none and says what it lost. */
    public boolean candidatesLost() {
        return candidates.answer().isEmpty()
                || (ranked.size() == 0 && lostPart(candidates).isPresent());
    }

    /** The first part of a stage that was lost. */
    Optional<Degradation> lostPart() {
        return Stream.of(candidates, ranks, slate)
                .flatMap(outcome -> lostPart(outcome).stream())
                .findFirst();
    }

    /** The first part that a stage lost of what it gave. */
    static Optional<Degradation> lostPart(StageOutcome<? extends StageAnswer> outcome) {
        return outcome.answer().stream()
                .map(StageAnswer::degradations)
                .flatMap(List::stream)
                .filter(loss -> LOST_PARTS.contains(loss.kind()))
                .findFirst();
    }
}
