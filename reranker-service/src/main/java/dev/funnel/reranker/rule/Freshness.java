package dev.funnel.reranker.rule;

import dev.funnel.bundle.ColumnKind;
import dev.funnel.bundle.TimeColumn;
import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Raises the scores of new items: the factor is {@code 1 + weight * decay(age)}, where age is query time minus the time in a
 * column, at least 0. With h the half-life, decay is {@code 2^(-age / h)} (exponential), {@code max(0, 1 - age / 2h)} (linear),
 * or 1 up to an age of h and 0 after it (step). An item without the time keeps its score.
 *
 * @param name its identifier
 * @param halfLife age at which half of the boost is left, or at which it ends (step); 1 s to 3650 days
 * @param weight what a brand-new item gains, as a share of its score, in (0, 100]
 * @param shape of the decay
 * @param by time column of the item table: "published_at", or "last_viewed_at", which the trainer counts from the log
 */
public record Freshness(
        @Default("freshness") String name,
        @Default("3d") Duration halfLife,
        @Default("0.2") double weight,
        @Default("exponential") Shape shape,
        @Default("published_at") String by)
        implements ScoreTransform {

    private static final double LN_2 = StrictMath.log(2);

    /** How the boost fades with age. */
    public enum Shape {
        EXPONENTIAL,
        LINEAR,
        STEP
    }

    public Freshness {
        Rule.between("half_life", halfLife, Duration.ofSeconds(1), Duration.ofDays(3650));
        Rule.holds(weight > 0 && weight <= 100, "weight", weight, "must be above 0 and at most 100");
        Rule.notBlank("by", by);
    }

    @Override
    public void apply(RerankInput input, int[] positions, float[] scores) {
        Ages ages = new Ages(input, by);
        for (int position : positions) {
            long ageMillis = ages.millis(position);
            if (ageMillis != TimeColumn.MISSING) {
                scores[position] = Factor.apply(scores[position], factor(ageMillis));
            }
        }
    }

    @Override
    public String reason(RerankInput input, int position, float before, float after) {
        long ageMillis = new Ages(input, by).millis(position);
        return Age.text(ageMillis) + " old: " + Factor.text(factor(ageMillis));
    }

    @Override
    public void check(BundleFit fit) {
        fit.column("by", by, ColumnKind.TIME);
    }

    private double factor(long ageMillis) {
        return 1 + weight * decay((double) ageMillis / halfLife.toMillis());
    }

    /** StrictMath, so that a slate can be replayed bit for bit on another machine. */
    private double decay(double halfLives) {
        return switch (shape) {
            case EXPONENTIAL -> StrictMath.exp(-LN_2 * halfLives);
            case LINEAR -> Math.max(0, 1 - halfLives / 2);
            case STEP -> halfLives <= 1 ? 1 : 0;
        };
    }

    /** Ages of the candidates of one request, by a time column. */
    private static final class Ages {
        private final RerankInput input;
        private final @Nullable TimeColumn times;

        Ages(RerankInput input, String column) {
            this.input = input;
            this.times = input.snapshot().items().time(column);
        }

        long millis(int position) {
            long since = times == null ? TimeColumn.MISSING : times.millis(input.item(position));
            return since == TimeColumn.MISSING ? TimeColumn.MISSING : Math.max(0, input.timeMillis() - since);
        }
    }
}
