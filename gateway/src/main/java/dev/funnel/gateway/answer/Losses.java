package dev.funnel.gateway.answer;

import dev.funnel.gateway.door.Offer;
import dev.funnel.gateway.ladder.RankedPool;
import dev.funnel.gateway.pipeline.Course;
import dev.funnel.gateway.stage.StageAnswer;
import dev.funnel.gateway.stage.StageOutcome;
import dev.funnel.runtime.wire.Degradation;
import dev.funnel.runtime.wire.DegradationKind;
import dev.funnel.runtime.wire.Stage;
import java.util.ArrayList;
import java.util.List;

/** What was lost on the course of a request, and what was served in its place. */
final class Losses {
    private static final String POPULAR_SLATE = "popular slate";

    private final Course course;
    private final List<Degradation> losses = new ArrayList<>();

    private Losses(Course course) {
        this.course = course;
    }

    static List<Degradation> of(Course course) {
        Losses losses = new Losses(course);
        losses.addAll();
        return List.copyOf(losses.losses);
    }

    private void addAll() {
        losses.addAll(course.turn().losses());
        add(Stage.CANDIDATES, course.candidates(), insteadOfCandidates());
        add(Stage.RANKING, course.ranks(), "retrieval scores");
        add(Stage.RERANKING, course.slate(), insteadOfSlate());
        if (isShort()) {
            losses.add(new Degradation(
                    Stage.GATEWAY,
                    DegradationKind.SHORT_SLATE,
                    "",
                    "of " + asked() + " items asked for only " + served() + " may be shown",
                    "a shorter slate"));
        }
    }

    private void add(Stage stage, StageOutcome<? extends StageAnswer> outcome, String instead) {
        switch (outcome) {
            case StageOutcome.Degraded<?>(StageAnswer given) ->
                given.degradations().forEach(this::addSaid);
            case StageOutcome.Absent<?>(DegradationKind kind, String cause) ->
                losses.add(new Degradation(stage, kind, "", cause, instead));
            case StageOutcome.Complete<?> complete -> {}
            case StageOutcome.Refused<?> refused -> {}
            case StageOutcome.Skipped<?> skipped -> {}
        }
    }

    /** A stage's own word; except that a slate it left short may have been filled since. */
    private void addSaid(Degradation said) {
        boolean filled = said.kind() == DegradationKind.SHORT_SLATE && !isShort();
        losses.add(
                filled
                        ? new Degradation(said.stage(), said.kind(), said.component(), said.cause(), POPULAR_SLATE)
                        : said);
    }

    private boolean isShort() {
        return served() < asked();
    }

    private int served() {
        return course.settled().page().size();
    }

    private int asked() {
        return course.turn().request().pageSize();
    }

    private String insteadOfCandidates() {
        return course.settled().count(Offer.Path.LAST_GOOD) > 0 ? "last good slate" : POPULAR_SLATE;
    }

    private String insteadOfSlate() {
        return course.ranked().basis() == RankedPool.Basis.RANKER ? "ranked order" : "retrieval order";
    }
}
