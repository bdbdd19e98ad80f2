package dev.funnel.reranker.rule;

import dev.funnel.bundle.ItemPredicate;
import dev.funnel.bundle.ItemTest;
import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;

/**
 * Raises or lowers the scores of the items for which a predicate holds by a factor.
 *
 * @param name its identifier
 * @param where which items
 * @param factor above 1 a boost, below 1 a penalty; 0.01 to 100
 */
public record Boost(@Default("boost") String name, ItemPredicate where, double factor) implements ScoreTransform {

    public Boost {
        Rule.between("factor", factor, 0.01, 100);
    }

    @Override
    public void apply(RerankInput input, int[] positions, float[] scores) {
        ItemTest test = input.compile(where, this);
        for (int position : positions) {
            if (test.test(input.item(position))) {
                scores[position] = Factor.apply(scores[position], factor);
            }
        }
    }

    @Override
    public String reason(RerankInput input, int position, float before, float after) {
        return Factor.text(factor);
    }
}
