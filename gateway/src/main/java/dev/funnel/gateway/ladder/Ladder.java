package dev.funnel.gateway.ladder;

import dev.funnel.gateway.door.Offer;
import dev.funnel.gateway.door.Settled;
import dev.funnel.gateway.stage.StageAnswer;
import dev.funnel.gateway.stage.StageOutcome;
import dev.funnel.runtime.wire.Degradation;
import dev.funnel.runtime.wire.DegradationKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Serves the best there is of what the stages gave. A better rung that fills only part of the page is filled up from those below,
 * and every item passes the door whatever its rung.
 */
public final class Ladder {
    private static final Set<DegradationKind> LOST_PARTS = EnumSet.of(
            DegradationKind.LATE,
            DegradationKind.FAILED,
            DegradationKind.SHED,
            DegradationKind.REDUCED_EFFORT,
            DegradationKind.SHARD_MISSING,
            DegradationKind.VERSION_MISSING,
            DegradationKind.GENERATOR_MISSING);

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
        Stream<Supplier<Stream<Offer>>> own = given.candidates().answer().isPresent()
                ? Stream.of(offers::reranked, offers::ranked)
                : Stream.of(() -> offers.lastGood(lastGoodSlates.recall(visit.surface())));
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
        return given.effort() < 1 || lostPart(given).isPresent() ? Rung.LESS_EFFORT : Rung.FULL;
    }

    private static String reason(Rung rung, Given given) {
        return switch (rung) {
            case FULL -> "";
            case LESS_EFFORT -> lostPart(given).map(Ladder::words).orElseGet(() -> "effort " + given.effort());
            case NO_RERANKING -> "re-ranking " + absence(given.slate());
            case NO_RANKING -> "ranking " + absence(given.ranks());
            case LAST_GOOD -> "candidate generation " + absence(given.candidates());
            case POPULAR ->
                given.candidates() instanceof StageOutcome.Absent
                        ? "candidate generation " + absence(given.candidates())
                        : "no candidate may be shown";
        };
    }

    private static String absence(StageOutcome<?> outcome) {
        return outcome instanceof StageOutcome.Absent<?>(DegradationKind kind, String cause)
                ? "is absent (" + kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + "): " + cause
                : "gave nothing";
    }

    private static Optional<Degradation> lostPart(Given given) {
        return Stream.of(given.candidates(), given.ranks(), given.slate())
                .flatMap(outcome -> outcome.answer().stream())
                .map(StageAnswer::degradations)
                .flatMap(List::stream)
                .filter(loss -> LOST_PARTS.contains(loss.kind()))
                .findFirst();
    }

    private static String words(Degradation loss) {
        return loss.component().isEmpty() ? loss.cause() : loss.component() + ": " + loss.cause();
    }
}
