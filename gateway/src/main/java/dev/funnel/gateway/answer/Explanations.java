package dev.funnel.gateway.answer;

import dev.funnel.gateway.door.Offer;
import dev.funnel.gateway.ladder.PopularRung;
import dev.funnel.gateway.ladder.RankedPool;
import dev.funnel.gateway.pipeline.Course;
import dev.funnel.gateway.stage.Reranked;
import dev.funnel.gateway.stage.StageAnswer;
import dev.funnel.gateway.stage.StageOutcome;
import dev.funnel.runtime.wire.DegradationKind;
import dev.funnel.runtime.wire.ItemTrace;
import dev.funnel.runtime.wire.Stage;
import dev.funnel.runtime.wire.TraceVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Says for any item, shown or not, nominated or not, known or not, where it stands or which stage and rule dropped or outranked
 * it. What the stages say of it comes first; what they leave unsaid follows from the pool, the order and the slate.
 */
public final class Explanations {
    private final Course course;
    private final RankedPool ranked;

    private Explanations(Course course) {
        this.course = course;
        this.ranked = course.ranked();
    }

    /** One explanation per item, in that order; the course must have traced them. */
    public static List<Explanation> of(Course course, List<String> itemIds) {
        Explanations explanations = new Explanations(course);
        return itemIds.stream().map(explanations::explain).toList();
    }

    /** Who decided, and in one sentence what. */
    private record Decision(Stage stage, TraceVerdict verdict, String component, String summary) {}

    private Explanation explain(String itemId) {
        int place = place(itemId);
        Decision decision = place > 0 ? shown(place) : notShown(itemId);
        List<ItemTrace> traces = new ArrayList<>(course.answers()
                .map(StageAnswer::traces)
                .flatMap(List::stream)
                .filter(trace -> trace.itemId().equals(itemId))
                .toList());
        traces.add(new ItemTrace(
                itemId,
                Stage.GATEWAY,
                decision.verdict(),
                decision.stage() == Stage.GATEWAY ? decision.component() : "",
                decision.summary(),
                0,
                place));
        return new Explanation(
                itemId, place, decision.stage(), decision.component(), decision.summary(), List.copyOf(traces));
    }

    private int place(String itemId) {
        List<Offer> page = course.settled().page();
        return 1
                + IntStream.range(0, page.size())
                        .filter(at -> page.get(at).itemId().equals(itemId))
                        .findFirst()
                        .orElse(-1);
    }

    private Decision shown(int place) {
        Offer offer = course.settled().page().get(place - 1);
        return switch (offer.path()) {
            case RERANKED -> passed(Stage.RERANKING, policy(), "shown at place " + place + ", where re-ranking put it");
            case RANKED -> passed(rankingStage(), "", "shown at place " + place + ", in the order of " + orderedBy());
            case LAST_GOOD ->
                passed(
                        Stage.GATEWAY,
                        Provenance.LAST_GOOD_SLATE,
                        "shown at place " + place + ", from the last good slate");
            case POPULAR ->
                passed(Stage.GATEWAY, PopularRung.SOURCE, "shown at place " + place + ", from the popular slate");
        };
    }

    private Decision notShown(String itemId) {
        int item = course.turn().snapshot().items().indexOf(itemId);
        if (item < 0) {
            return new Decision(
                    Stage.GATEWAY,
                    TraceVerdict.UNKNOWN_ITEM,
                    "item-table",
                    "bundle " + course.turn().bundle() + " does not hold this item");
        }
        int position = ranked.pool().itemIds().indexOf(itemId);
        Optional<String> refusal = course.turn().door().refusal(item);
        return position < 0 ? notNominated(itemId, refusal) : nominated(itemId, position, refusal);
    }

    private Decision notNominated(String itemId, Optional<String> refusal) {
        if (course.candidates() instanceof StageOutcome.Absent<?>(DegradationKind kind, String cause)) {
            return refusal.map(this::refusedAtDoor)
                    .orElseGet(() -> new Decision(
                            Stage.CANDIDATES,
                            TraceVerdict.NOT_NOMINATED,
                            "",
                            "no candidates were generated (" + cause + "), and other items fill the slate"));
        }
        Optional<ItemTrace> trace = trace(Stage.CANDIDATES, itemId);
        if (refusal.isPresent()) {
            return new Decision(
                    Stage.CANDIDATES,
                    TraceVerdict.REMOVED,
                    refusal.get(),
                    "rule " + refusal.get() + " keeps it from being nominated");
        }
        return new Decision(
                Stage.CANDIDATES,
                trace.map(ItemTrace::verdict)
                        .filter(verdict -> verdict != TraceVerdict.PASSED)
                        .orElse(TraceVerdict.NOT_NOMINATED),
                trace.map(ItemTrace::component).orElse(""),
                "no generator nominated it" + detail(trace));
    }

    private Decision nominated(String itemId, int position, Optional<String> refusal) {
        Optional<Reranked> slate = course.slate().answer();
        Optional<Reranked.Removal> removal = slate.stream()
                .flatMap(given -> given.removals().stream())
                .filter(each -> each.position() == position)
                .findFirst();
        if (removal.isPresent()) {
            return removed(removal.get().rule(), removal.get().detail());
        }
        Optional<ItemTrace> trace =
                trace(Stage.RERANKING, itemId).filter(said -> said.verdict() == TraceVerdict.REMOVED);
        if (trace.isPresent()) {
            return removed(trace.get().component(), trace.get().detail());
        }
        return refusal.map(this::refusedAtDoor).orElseGet(() -> outranked(itemId, position));
    }

    private Decision outranked(String itemId, int position) {
        int place = ranked.place(position);
        int size = course.turn().request().pageSize();
        String where = String.format(
                Locale.ROOT, "place %d of %d by %s, for a slate of %d", place, ranked.size(), orderedBy(), size);
        Optional<ItemTrace> trace = trace(Stage.RERANKING, itemId);
        boolean byRule = trace.filter(said -> !said.component().isEmpty()).isPresent();
        if (course.slate().answer().isEmpty() || place > size && !byRule) {
            return new Decision(rankingStage(), TraceVerdict.OUTRANKED, "", where);
        }
        return new Decision(
                Stage.RERANKING,
                TraceVerdict.OUTRANKED,
                trace.map(ItemTrace::component).orElse(""),
                where + "; re-ranking preferred others" + detail(trace));
    }

    private Decision removed(String rule, String detail) {
        String because = detail.isEmpty() ? "" : ": " + detail;
        return new Decision(
                Stage.RERANKING, TraceVerdict.REMOVED, rule, "re-ranking removed it by rule " + rule + because);
    }

    private Decision refusedAtDoor(String rule) {
        return new Decision(Stage.GATEWAY, TraceVerdict.REMOVED, rule, "rule " + rule + " refuses it at the door");
    }

    private static Decision passed(Stage stage, String component, String summary) {
        return new Decision(stage, TraceVerdict.PASSED, component, summary);
    }

    private String policy() {
        return course.slate().answer().map(Reranked::policy).orElse("");
    }

    private Stage rankingStage() {
        return ranked.basis() == RankedPool.Basis.RANKER ? Stage.RANKING : Stage.CANDIDATES;
    }

    private String orderedBy() {
        return switch (ranked.basis()) {
            case RANKER -> "the ranker's score";
            case CALIBRATED_SCORES -> "calibrated retrieval score";
            case RECIPROCAL_RANKS -> "reciprocal ranks";
        };
    }

    private Optional<ItemTrace> trace(Stage stage, String itemId) {
        return course.answers()
                .map(StageAnswer::traces)
                .flatMap(List::stream)
                .filter(trace -> trace.stage() == stage && trace.itemId().equals(itemId))
                .findFirst();
    }

    private static String detail(Optional<ItemTrace> trace) {
        return trace.map(ItemTrace::detail)
                .filter(text -> !text.isEmpty())
                .map(text -> " (" + text + ")")
                .orElse("");
    }
}
