package dev.funnel.reranker.rule;

import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Maps scores by a rising curve of straight lines, e.g. one fitted by isotonic regression, so that they mean what they say:
 * a score of {@code from[i]} becomes {@code to[i]}; between two points the line between them, beyond the ends the end.
 *
 * @param name its identifier
 * @param from scores as they are, strictly rising, 2 to 1000 finite numbers
 * @param to what they mean, never falling, as many
 */
public record Calibration(@Default("calibration") String name, List<Double> from, List<Double> to)
        implements ScoreTransform {

    public Calibration {
        from = List.copyOf(from);
        to = List.copyOf(to);
        Rule.between("from: number of points", from.size(), 2, 1_000);
        Rule.holds(from.size() == to.size(), "to", to.size() + " numbers", "must be as many as from: " + from.size());
        for (int i = 0; i < from.size(); i++) {
            Rule.holds(Double.isFinite(from.get(i)), "from", from, "must be finite");
            Rule.holds(Double.isFinite(to.get(i)), "to", to, "must be finite");
            Rule.holds(i == 0 || from.get(i) > from.get(i - 1), "from", from, "must rise");
            Rule.holds(i == 0 || to.get(i) >= to.get(i - 1), "to", to, "must not fall");
        }
    }

    @Override
    public void apply(RerankInput input, int[] positions, float[] scores) {
        double[] points = from.stream().mapToDouble(Double::doubleValue).toArray();
        double[] values = to.stream().mapToDouble(Double::doubleValue).toArray();
        for (int position : positions) {
            scores[position] = (float) value(points, values, scores[position]);
        }
    }

    @Override
    public String reason(RerankInput input, int position, float before, float after) {
        return String.format(Locale.ROOT, "%.4g means %.4g", before, after);
    }

    private static double value(double[] points, double[] values, double score) {
        int found = Arrays.binarySearch(points, score);
        if (found >= 0) {
            return values[found];
        }
        int next = -found - 1;
        if (next == 0 || next == points.length) {
            return values[Math.min(next, values.length - 1)];
        }
        double share = (score - points[next - 1]) / (points[next] - points[next - 1]);
        return values[next - 1] + share * (values[next] - values[next - 1]);
    }
}
