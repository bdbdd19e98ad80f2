package dev.funnel.reranker.rerank;

import dev.funnel.reranker.rule.RerankInput;
import dev.funnel.reranker.rule.ScoreTransform;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.wire.ComparedScore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What the score transforms did to one pool.
 *
 * @param scores scores after all transforms, by position
 * @param steps the scores after each transform, by position, in order, the scores as they came first; empty unless wanted
 */
record Rescoring(float[] scores, List<float[]> steps) {
    /** Index of the transform after which a candidate no longer was among the best; -1 if it never was, or still is. */
    int pushedOutBy(int position, int[] kept, int best, IntFunction<String> ids) {
        int pushed = -1;
        for (int step = 1; step < steps.size(); step++) {
            boolean before = isAmong(position, kept, steps.get(step - 1), best, ids);
            boolean after = isAmong(position, kept, steps.get(step), best, ids);
            pushed = before && !after ? step - 1 : after ? -1 : pushed;
        }
        return pushed;
    }

    private static boolean isAmong(int position, int[] kept, float[] scores, int best, IntFunction<String> ids) {
        int better = 0;
        float own = ComparedScore.of(scores[position]);
        for (int other : kept) {
            float score = ComparedScore.of(scores[other]);
            boolean first = score > own || score == own && ids.apply(other).compareTo(ids.apply(position)) < 0;
            better += first ? 1 : 0;
        }
        return better < best;
    }

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
