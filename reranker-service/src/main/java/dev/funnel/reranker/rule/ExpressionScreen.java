package dev.funnel.reranker.rule;

import dev.funnel.reranker.expression.CandidateExpression;

/**
 * A screen that removes the items for which an expression does not hold or cannot be evaluated.
 *
 * @param expression opened for the request
 * @param source its text, for people
 */
record ExpressionScreen(CandidateExpression expression, String source) implements Screen {
    @Override
    public boolean removes(int position) {
        return !expression.test(position);
    }

    @Override
    public String reason(int position) {
        String failure = expression.failure(position);
        return failure.isEmpty() ? "does not hold: " + source : "cannot be evaluated: " + failure;
    }
}
