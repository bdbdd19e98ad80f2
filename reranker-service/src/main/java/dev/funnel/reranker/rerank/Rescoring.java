package dev.funnel.reranker.rerank;

import dev.funnel.reranker.rule.RerankInput;
import dev.funnel.reranker.rule.ScoreTransform;
import dev.funnel.runtime.deadline.Deadline;
import java.util.ArrayList;
import java.util.List;

/**
 * What the score transforms did to one pool.
 *
 * @param scores scores after all transforms, by position
 * @param steps the scores after each transform, by position, in order, the scores as they came first; empty unless wanted
 */
record Rescoring(float[] scores, List<float[]> steps) {
    static Rescoring of(
            List<ScoreTransform> transforms,
            RerankInput input,
            int[] kept,
            boolean stepsWanted,
            Deadline deadline,
            PartTimes times) {
        float[] scores = input.pool().scores();
        List<float[]> steps = stepsWanted ? new ArrayList<>(List.of(scores.clone())) : List.of();
        for (ScoreTransform transform : transforms) {
            deadline.check("score transforms");
            transform.apply(input, kept, scores);
            if (stepsWanted) {
                steps.add(scores.clone());
            }
            times.finished(transform.name(), kept.length, kept.length);
        }
        return new Rescoring(scores, steps);
    }
}
