package dev.funnel.gateway.answer;

import dev.funnel.gateway.door.Offer;
import dev.funnel.gateway.pipeline.Course;
import dev.funnel.gateway.pipeline.RankedPool;
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

    private Losses() {}

    static List<Degradation> of(Course course) {
        List<Degradation> losses = new ArrayList<>(course.turn().losses());
        add(losses, Stage.CANDIDATES, course.candidates(), insteadOfCandidates(course));
        add(losses, Stage.RANKING, course.ranks(), "retrieval scores");
        add(losses, Stage.RERANKING, course.slate(), insteadOfSlate(course));
        int served = course.settled().page().size();
        int asked = course.turn().request().pageSize();
        if (served < asked) {
            losses.add(new Degradation(
                    Stage.GATEWAY,
                    DegradationKind.SHORT_SLATE,
                    "",
                    "of " + asked + " items asked for only " + served + " may be shown",
                    "a shorter slate"));
        }
        return List.copyOf(losses);
    }

    private static void add(
            List<Degradation> losses, Stage stage, StageOutcome<? extends StageAnswer> outcome, String instead) {
        switch (outcome) {
            case StageOutcome.Degraded<?>(StageAnswer given) -> losses.addAll(given.degradations());
            case StageOutcome.Absent<?>(DegradationKind kind, String cause) ->
                losses.add(new Degradation(stage, kind, "", cause, instead));
            case StageOutcome.Complete<?> complete -> {}
            case StageOutcome.Skipped<?> skipped -> {}
        }
    }

    private static String insteadOfCandidates(Course course) {
        return course.settled().count(Offer.Path.LAST_GOOD) > 0 ? "last good slate" : POPULAR_SLATE;
    }

    private static String insteadOfSlate(Course course) {
        return course.ranked().basis() == RankedPool.Basis.RANKER ? "ranked order" : "retrieval order";
    }
}
