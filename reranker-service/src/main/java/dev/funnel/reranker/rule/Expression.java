package dev.funnel.reranker.rule;

import dev.funnel.reranker.expression.CandidateExpression;
import dev.funnel.reranker.expression.Expressions;
import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;

/**
 * Removes the items for which an expression does not hold: CEL over item, query, user and scores (docs/policies.md). An item
 * for which it cannot be evaluated, e.g. because a key is absent from a map, is removed too.
 *
 * @param name its identifier
 * @param preferred true if it gives way when the slate would be short
 * @param keep what must hold for an item to stay
 */
public record Expression(
        @Default("expression") String name,
        @Default("false") boolean preferred,
        String keep) implements Filter {

    public Expression {
        Rule.notBlank("keep", keep);
    }

    @Override
    public Screen screen(RerankInput input) {
        CandidateExpression expression = input.expression(keep, Expressions.Result.BOOLEAN, this);
        return new ExpressionScreen(expression, keep);
    }

    @Override
    public void check(BundleFit fit) {
        fit.expression("keep", keep, Expressions.Result.BOOLEAN);
    }
}
