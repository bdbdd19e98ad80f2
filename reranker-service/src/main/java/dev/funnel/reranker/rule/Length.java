package dev.funnel.reranker.rule;

import dev.funnel.bundle.ColumnKind;
import dev.funnel.bundle.NumberColumn;
import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;
import java.time.Duration;
import java.util.Locale;

/**
 * Lowers the scores of items that are much shorter or longer than they should be: the factor is
 * {@code 1 - weight * (1 - exp(-(ln(length / ideal) / ln(spread))^2))}. An item of unknown length keeps its score.
 *
 * @param name its identifier
 * @param column number column of the item table, in seconds
 * @param ideal length at which nothing is lost, 1 s to 30 days
 * @param spread how many times longer or shorter costs 63 % of the weight, above 1, at most 1000
 * @param weight most that an item loses, as a share of its score, in (0, 1)
 */
public record Length(
        @Default("length") String name,
        @Default("duration_seconds") String column,
        Duration ideal,
        @Default("3") double spread,
        @Default("0.3") double weight)
        implements ScoreTransform {

    public Length {
        Rule.notBlank("column", column);
        Rule.between("ideal", ideal, Duration.ofSeconds(1), Duration.ofDays(30));
        Rule.holds(spread > 1 && spread <= 1_000, "spread", spread, "must be above 1 and at most 1000");
        Rule.holds(weight > 0 && weight < 1, "weight", weight, "must be above 0 and below 1");
    }

    @Override
    public void apply(RerankInput input, int[] positions, float[] scores) {
        NumberColumn lengths = input.snapshot().items().number(column);
        if (lengths == null) {
            return;
        }
        for (int position : positions) {
            int item = input.item(position);
            if (lengths.present(item) && lengths.value(item) > 0) {
                scores[position] = Factor.apply(scores[position], factor(lengths.value(item)));
            }
        }
    }

    @Override
    public String reason(RerankInput input, int position, float before, float after) {
        NumberColumn lengths = input.snapshot().items().number(column);
        double seconds = lengths == null ? Double.NaN : lengths.value(input.item(position));
        return String.format(
                Locale.ROOT,
                "%.0f s long, %d s is ideal: %s",
                seconds,
                ideal.toSeconds(),
                Factor.text(factor(seconds)));
    }

    @Override
    public void check(BundleFit fit) {
        fit.column("column", column, ColumnKind.NUMBER);
    }

    private double factor(double seconds) {
        double off = StrictMath.log(seconds / (ideal.toMillis() / 1000.0)) / StrictMath.log(spread);
        return 1 - weight * (1 - StrictMath.exp(-off * off));
    }
}
