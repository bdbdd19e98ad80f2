package dev.funnel.gateway.ladder;

import dev.funnel.gateway.door.Offer;
import dev.funnel.gateway.door.Settled;
import dev.funnel.gateway.stage.StageOutcome;
import dev.funnel.runtime.wire.Degradation;
import dev.funnel.runtime.wire.DegradationKind;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Serves the best there is of what the stages gave. A better rung that fills only part of the page is filled up from those below,
 * and every item passes the door whatever its rung.
 */
public final class Ladder {
    private final LastGoodSlates lastGoodSlates;

    public Ladder(LastGoodSlates lastGoodSlates) {
        this.lastGoodSlates = lastGoodSlates;
    }

    /** Settles the slate on the first rung that holds. */
    public Footing stand(Given given, Visit visit) {
        Settled settled = visit.door().settle(paths(given, visit), visit.pageSize());
        Rung rung = rung(given, settled);
        return new Footing(rung, reason(rung, given), settled);
    }

    private List<Supplier<Stream<Offer>>> paths(Given given, Visit visit) {
        Offers offers = new Offers(visit, given.ranked(), given.slate().answer());
        Stream<Supplier<Stream<Offer>>> own = given.candidatesLost()
                ? Stream.of(() -> offers.lastGood(lastGoodSlates.recall(visit.surface())))
                : Stream.of(offers::reranked, offers::ranked);
        return Stream.concat(own, offers.popular()).toList();
    }

    private static Rung rung(Given given, Settled settled) {
        if (settled.count(Offer.Path.LAST_GOOD) > 0) {
            return Rung.LAST_GOOD;
        } else if (settled.count(Offer.Path.RERANKED) + settled.count(Offer.Path.RANKED) == 0) {
            return Rung.POPULAR;
        } else if (given.ranks() instanceof StageOutcome.Absent) {
            return Rung.NO_RANKING;
        } else if (given.slate() instanceof StageOutcome.Absent) {
            return Rung.NO_RERANKING;
        }
        return given.effort() < 1 || given.lostPart().isPresent() ? Rung.LESS_EFFORT : Rung.FULL;
    }

    private static String reason(Rung rung, Given given) {
        return switch (rung) {
            case FULL -> "";
            case LESS_EFFORT -> given.lostPart().map(Ladder::words).orElseGet(() -> "effort " + given.effort());
            case NO_RERANKING -> "re-ranking " + absence(given.slate());
            case NO_RANKING -> "ranking " + absence(given.ranks());
            case LAST_GOOD -> "candidate generation " + absence(given.candidates());
            case POPULAR ->
                given.candidatesLost()
                        ? "candidate generation " + absence(given.candidates())
                        : "no candidate may be shown";
        };
    }

    private static String absence(StageOutcome<?> outcome) {
        return outcome instanceof StageOutcome.Absent<?>(DegradationKind kind, String cause)
                ? "is absent (" + kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + "): " + cause
                : "gave nothing"
                        + Given.lostPart(outcome)
                                .map(loss -> ": " + words(loss))
                                .orElse("");
    }

    private static String words(Degradation loss) {
        return loss.component().isEmpty() ? loss.cause() : loss.component() + ": " + loss.cause();
    }
}
