package dev.funnel.reranker.rule;

import dev.funnel.reranker.expression.CandidateExpression;
import dev.funnel.reranker.expression.Expressions;
import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;

/**
 * Gives every item the score that an expression says (CEL, docs/policies.md), e.g. {@code score + 0.1 * scores.like}. Where the
 * expression cannot be evaluated or is not finite, the score stays.
 *
 * @param name its identifier
 * @param score the expression
 */
public record Formula(@Default("formula") String name, String score) implements ScoreTransform {

    public Formula {
        Rule.notBlank("score", score);
    }

    @Override
    public void apply(RerankInput input, int[] positions, float[] scores) {
        CandidateExpression expression = input.expression(score, Expressions.Result.NUMBER, this, scores);
        for (int position : positions) {
            float value = (float) expression.value(position);
            scores[position] = Float.isFinite(value) ? value : scores[position];
        }
    }

    @Override
    public String reason(RerankInput input, int position, float before, float after) {
        return "is now " + after + ": " + score;
    }

    @Override
    public void check(BundleFit fit) {
        fit.expression("score", score, Expressions.Result.NUMBER);
    }
}
