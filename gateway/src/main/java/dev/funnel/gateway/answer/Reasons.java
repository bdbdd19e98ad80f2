package dev.funnel.gateway.answer;

import dev.funnel.gateway.answer.Recommendation.Reason;
import dev.funnel.gateway.door.Offer;
import dev.funnel.gateway.ladder.PopularRung;
import dev.funnel.gateway.ladder.RankedPool;
import dev.funnel.gateway.pipeline.Course;
import dev.funnel.gateway.stage.Ranks;
import dev.funnel.gateway.stage.Reranked;
import dev.funnel.runtime.wire.ItemOrigin;
import dev.funnel.runtime.wire.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Why an item stands where it stands, stage by stage. */
final class Reasons {
    private Reasons() {}

    static List<Reason> of(Course course, Offer offer, int place, List<Provenance.Source> sources) {
        return switch (offer.path()) {
            case RERANKED, RANKED -> pooled(course, offer, sources);
            case LAST_GOOD ->
                List.of(new Reason(
                        Stage.GATEWAY, Provenance.LAST_GOOD_SLATE, 0, "no candidates; it was in the last good slate"));
            case POPULAR ->
                List.of(new Reason(
                        Stage.GATEWAY, PopularRung.SOURCE, 0, "place " + place + " is filled from the popular slate"));
        };
    }

    private static List<Reason> pooled(Course course, Offer offer, List<Provenance.Source> sources) {
        List<Reason> reasons = new ArrayList<>();
        for (Provenance.Source source : sources) {
            String detail = String.format(
                    Locale.ROOT, "nominated by %s, rank %d, score %.4g", source.name(), source.rank(), source.score());
            reasons.add(new Reason(Stage.CANDIDATES, source.name(), 0, detail + origins(source)));
        }
        reasons.add(ranked(course.ranked(), offer.position(), objective(course)));
        reasons.addAll(reranked(course, offer));
        return reasons;
    }

    /** What was searched for, and, of an item that was not fitted on, where its place comes from. */
    private static String origins(Provenance.Source source) {
        String item = source.itemOrigin() == ItemOrigin.TRAINED ? "" : ", item placed by " + words(source.itemOrigin());
        return ", asked by " + words(source.origin()) + item;
    }

    private static String words(Enum<?> origin) {
        return origin.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static Reason ranked(RankedPool ranked, int position, String objective) {
        String by = switch (ranked.basis()) {
            case RANKER -> objective;
            case CALIBRATED_SCORES -> "calibrated-scores";
            case RECIPROCAL_RANKS -> "reciprocal-ranks";
        };
        String detail = String.format(
                Locale.ROOT,
                "place %d of %d by %s, score %.4g",
                ranked.place(position),
                ranked.size(),
                by,
                ranked.scores()[position]);
        return new Reason(Stage.RANKING, by, 0, detail);
    }

    /** What the ranker says it scored by, else what it was asked for. */
    private static String objective(Course course) {
        String said = course.ranks().answer().map(Ranks::objective).orElse("");
        if (!said.isEmpty()) {
            return said;
        }
        String asked = course.turn().settings().objective();
        return asked.isEmpty() ? course.turn().snapshot().defaultObjective() : asked;
    }

    private static List<Reason> reranked(Course course, Offer offer) {
        if (offer.path() != Offer.Path.RERANKED) {
            return List.of(new Reason(Stage.GATEWAY, "ranked-order", 0, "next in the ranked order"));
        }
        return course.slate().answer().orElseThrow().slate().stream()
                .filter(each -> each.position() == offer.position())
                .flatMap(each -> each.reasons().stream())
                .map(Reasons::reason)
                .toList();
    }

    private static Reason reason(Reranked.Reason reason) {
        return new Reason(Stage.RERANKING, reason.rule(), reason.scoreDelta(), reason.detail());
    }
}
