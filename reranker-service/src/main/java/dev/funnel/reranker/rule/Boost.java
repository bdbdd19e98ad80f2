package dev.funnel.reranker.rule;

import dev.funnel.bundle.ItemPredicate;
import dev.funnel.bundle.ItemTest;
import dev.funnel.reranker.expression.CandidateExpression;
import dev.funnel.reranker.expression.Expressions;
import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Raises or lowers the scores of the items for which a predicate, or an expression (CEL, docs/policies.md), holds by a factor.
 *
 * @param name its identifier
 * @param where which items, as a predicate; absent if {@code when} is given
 * @param when which items, as an expression; absent if {@code where} is given
 * @param factor above 1 a boost, below 1 a penalty; 0.01 to 100, not 1
 */
public record Boost(
        @Default("boost") String name,
        @Nullable ItemPredicate where,
        @Nullable String when,
        double factor) implements ScoreTransform {

    public Boost {
        String given = where == null ? "neither is given" : "both are given";
        Rule.holds((where == null) != (when == null), "where or when", given, "and exactly one must be");
        Rule.between("factor", factor, 0.01, 100);
        Rule.holds(factor != 1, "factor", factor, "must not be 1: nothing would ever change");
    }

    @Override
    public void apply(RerankInput input, int[] positions, float[] scores) {
        IntPredicate test = test(input, scores);
        for (int position : positions) {
            if (test.test(position)) {
                scores[position] = Factor.apply(scores[position], factor);
            }
        }
    }

    @Override
    public String reason(RerankInput input, int position, float before, float after) {
        return Factor.text(factor);
    }

    @Override
    public void check(BundleFit fit) {
        fit.predicate("where", where);
        fit.expression("when", when, Expressions.Result.BOOLEAN);
    }

    private IntPredicate test(RerankInput input, float[] scores) {
        if (where != null) {
            ItemTest test = input.compile(where, this);
            return position -> test.test(input.item(position));
        }
        CandidateExpression test =
                input.expression(when == null ? "false" : when, Expressions.Result.BOOLEAN, this, scores);
        return test::test;
    }
}
