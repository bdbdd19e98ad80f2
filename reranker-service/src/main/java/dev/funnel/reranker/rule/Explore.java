package dev.funnel.reranker.rule;

import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;

/**
 * Lets items with close scores take turns: the factor is {@code exp(strength * g)}, with g a standard normal draw that depends
 * on the request's seed and the item's id only (dithering; Dunning and Friedman, Practical Machine Learning: Innovations in
 * Recommendation, 2014, chapter 6). The same seed gives the same slate; another seed, another order.
 *
 * @param name its identifier
 * @param strength standard deviation of the factor's logarithm, in (0, 2]: at 0.1, scores 10 % apart change places often
 */
public record Explore(
        @Default("explore") String name, @Default("0.05") double strength) implements ScoreTransform {

    public Explore {
        Rule.holds(strength > 0 && strength <= 2, "strength", strength, "must be above 0 and at most 2");
    }

    @Override
    public void apply(RerankInput input, int[] positions, float[] scores) {
        for (int position : positions) {
            double factor = StrictMath.exp(
                    strength * SeededDraw.normal(input.seed(), input.pool().id(position)));
            scores[position] = Factor.apply(scores[position], factor);
        }
    }

    @Override
    public String reason(RerankInput input, int position, float before, float after) {
        double factor = StrictMath.exp(
                strength * SeededDraw.normal(input.seed(), input.pool().id(position)));
        return "seed " + Long.toUnsignedString(input.seed()) + ": " + Factor.text(factor);
    }
}
