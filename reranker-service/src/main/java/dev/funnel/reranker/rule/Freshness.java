package dev.funnel.reranker.rule;

import dev.funnel.bundle.TimeColumn;
import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;
import java.time.Duration;

/**
 * Raises the scores of new items: the factor is {@code 1 + weight * 2^(-age / half_life)}, where age is query time minus
 * {@code published_at}, at least 0. An item without {@code published_at} keeps its score.
 *
 * @param name its identifier
 * @param halfLife age at which the boost is half of what a brand-new item gets, 1 s to 3650 days
 * @param weight what a brand-new item gains, as a share of its score, in (0, 100]
 */
public record Freshness(
        @Default("freshness") String name,
        @Default("3d") Duration halfLife,
        @Default("0.2") double weight) implements ScoreTransform {

    public Freshness {
        Rule.between("half_life", halfLife, Duration.ofSeconds(1), Duration.ofDays(3650));
        Rule.holds(weight > 0 && weight <= 100, "weight", weight, "must be above 0 and at most 100");
    }

    @Override
    public void apply(RerankInput input, int[] positions, float[] scores) {
        for (int position : positions) {
            long ageMillis = ageMillis(input, position);
            if (ageMillis != TimeColumn.MISSING) {
                scores[position] = Factor.apply(scores[position], factor(ageMillis));
            }
        }
    }

    @Override
    public String reason(RerankInput input, int position, float before, float after) {
        long ageMillis = ageMillis(input, position);
        return Age.text(ageMillis) + " old: " + Factor.text(factor(ageMillis));
    }

    /** StrictMath, so that a slate can be replayed bit for bit on another machine. */
    private double factor(long ageMillis) {
        return 1 + weight * StrictMath.pow(2, -(double) ageMillis / halfLife.toMillis());
    }

    private static long ageMillis(RerankInput input, int position) {
        long publishedAt = input.facts().publishedAtMillis(input.item(position));
        return publishedAt == TimeColumn.MISSING ? TimeColumn.MISSING : Math.max(0, input.timeMillis() - publishedAt);
    }
}
