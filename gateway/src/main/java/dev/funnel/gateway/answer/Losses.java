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
import java.util.Locale;

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
        addEffort(course.turn().effort());
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

    private void addEffort(float effort) {
        if (effort < 1) {
            losses.add(new Degradation(
                    Stage.GATEWAY,
                    DegradationKind.REDUCED_EFFORT,
                    "effort",
                    String.format(Locale.ROOT, "stages took most of their slices; effort is %.2f of 1", effort),
                    "the best of fewer candidates"));
        }
    }

    /** A stage's own word; except that it tried less hard because the gateway asked it to, which is said once; and except that a slate it left short may have been filled since. */
    private void addSaid(Degradation said) {
        if (said.kind() == DegradationKind.REDUCED_EFFORT
                && said.component().isEmpty()
                && course.turn().effort() < 1) {
            return;
        }
        losses.add(new Degradation(said.stage(), said.kind(), said.component(), said.cause(), insteadOf(said)));
    }

    private String insteadOf(Degradation said) {
        if (said.stage() == Stage.CANDIDATES && course.given().candidatesLost()) {
            return insteadOfCandidates(); // the other parts, which the stage thinks of, gave none either
        }
        return said.kind() == DegradationKind.SHORT_SLATE && !isShort() ? POPULAR_SLATE : said.servedInstead();
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
