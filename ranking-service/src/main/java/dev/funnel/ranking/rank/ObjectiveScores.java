package dev.funnel.ranking.rank;

import dev.funnel.inference.objective.NonFiniteObjectiveException;
import dev.funnel.ranking.snapshot.NamedObjective;
import dev.funnel.ranking.snapshot.ServedObjectives;
import dev.funnel.runtime.error.PreconditionFailed;
import dev.funnel.runtime.wire.Degradation;
import dev.funnel.runtime.wire.DegradationKind;
import dev.funnel.runtime.wire.Stage;
import java.util.List;

/**
 * A pool's scores.
 *
 * @param objective name of what they are values of
 * @param scores one per candidate, finite
 * @param degradations what was served in place of the objective asked for
 */
public record ObjectiveScores(String objective, float[] scores, List<Degradation> degradations) {
    /** Reason for a ranker whose own score is not finite. */
    public static final String NOT_FINITE = "SCORE_NOT_FINITE";

    /**
     * Makes the heads' values one score each. An objective that is not finite for one candidate is replaced for all of them by the
     * ranker's default: scores of two objectives cannot be compared, so a pool is never scored by both.
     *
     * @param heads per head the value of every candidate
     * @throws PreconditionFailed if the default is not finite either
     */
    public static ObjectiveScores of(NamedObjective asked, ServedObjectives served, float[][] heads, int candidates) {
        float[] scores = new float[candidates];
        try {
            asked.objective().score(heads, scores);
            return new ObjectiveScores(asked.name(), scores, List.of());
        } catch (NonFiniteObjectiveException e) {
            NamedObjective instead = served.byDefault();
            if (instead.equals(asked)) {
                throw new PreconditionFailed(NOT_FINITE, String.valueOf(e.getMessage()));
            }
            ObjectiveScores fallback = of(instead, served, heads, candidates);
            return new ObjectiveScores(instead.name(), fallback.scores, List.of(loss(asked, instead, e)));
        }
    }

    private static Degradation loss(NamedObjective asked, NamedObjective instead, NonFiniteObjectiveException e) {
        return new Degradation(
                Stage.RANKING,
                DegradationKind.FAILED,
                asked.name(),
                String.valueOf(e.getMessage()),
                "objective " + instead.name());
    }
}
