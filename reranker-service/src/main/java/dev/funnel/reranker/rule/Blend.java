package dev.funnel.reranker.rule;

import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;
import java.util.Locale;
import java.util.Map;

/**
 * Blends heads of the ranker into one score: the sum of {@code weight * head}, or the product of {@code head^weight} with heads
 * held above 1e-6. The score itself takes part under the name "score", as the transforms before left it.
 *
 * @param name its identifier
 * @param weights by head, 1 to 32 of them; the pipeline has to send the heads along
 * @param mode sum or product
 */
public record Blend(
        @Default("blend") String name,
        Map<String, Double> weights,
        @Default("sum") Mode mode) implements ScoreTransform {
    private static final double LEAST = 1e-6;

    /** How heads come together. */
    public enum Mode {
        SUM,
        PRODUCT
    }

    public Blend {
        Rule.between("weights: number of heads", weights.size(), 1, 32);
        weights.forEach((head, weight) -> Rule.between("weights." + head, weight, -1000, 1000));
    }

    @Override
    public void apply(RerankInput input, int[] positions, float[] scores) {
        double[] blended = new double[scores.length];
        weights.forEach((head, weight) -> {
            float[] values = head.equals(RerankInput.SCORE) ? scores : input.head(head, this);
            for (int position : positions) {
                blended[position] += mode == Mode.SUM
                        ? weight * values[position]
                        : weight * StrictMath.log(Math.max(LEAST, values[position]));
            }
        });
        for (int position : positions) {
            double value = mode == Mode.SUM ? blended[position] : StrictMath.exp(blended[position]);
            scores[position] = (float) Math.clamp(value, -Float.MAX_VALUE, Float.MAX_VALUE);
        }
    }

    @Override
    public String reason(RerankInput input, int position, float before, float after) {
        StringBuilder heads = new StringBuilder(mode == Mode.SUM ? "the sum of" : "the product of");
        weights.forEach((head, weight) -> heads.append(String.format(
                Locale.ROOT,
                " %s %s%.4g (%.4g)",
                head,
                mode == Mode.SUM ? "x " : "^ ",
                weight,
                head.equals(RerankInput.SCORE) ? before : input.head(head, this)[position])));
        return heads.toString();
    }
}
