package dev.funnel.reranker.rule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * {@link Dpp} in one request. {@code left[i]} is what item i would add to the determinant of the similarities of what stands
 * there: the square of the last entry of its row in the Cholesky factor, kept up to date by one pass over the items for each
 * place (algorithm 1's d_i^2). Quality stays outside of it: det(L) = det(S) * product of q^2.
 *
 * <p>With a sliding window the factor is that of the last items only, and is worked out anew when one leaves it.
 */
final class DppChoice implements SlateRule.Choice {
    /** Below this nothing is left but rounding. */
    private static final double NOTHING = 1e-6;

    /** Stands for the row of an item that left the window. */
    private static final float[] NO_ROW = {};

    private final Dpp rule;
    private final Shortlist shortlist;
    private final int size;
    private final KernelRows kernel;
    private final double[] quality;
    private final double[] left;
    private final List<Integer> placed = new ArrayList<>();
    private final List<float[]> similarities = new ArrayList<>();
    private final List<double[]> factor = new ArrayList<>();

    DppChoice(Dpp rule, Shortlist shortlist) {
        this.rule = rule;
        this.shortlist = shortlist;
        this.size = Math.min(shortlist.size(), rule.window());
        this.kernel = new KernelRows(shortlist, size, rule.weights());
        this.quality = new double[size];
        this.left = new double[size];
        Arrays.fill(left, 1);
        fillQuality();
    }

    @Override
    public int choose(int[] open, int count) {
        int best = open[0];
        double bestGain = 0;
        for (int i = 0; i < count; i++) {
            int rank = open[i];
            double gain = rank < size && left[rank] > NOTHING ? quality[rank] * left[rank] : 0;
            if (gain > bestGain) {
                bestGain = gain;
                best = rank;
            }
        }
        return best;
    }

    @Override
    public void placed(int rank) {
        if (rank >= size) {
            return;
        }
        float[] row = new float[size];
        kernel.row(rank, row);
        placed.add(rank);
        similarities.add(row);
        if (placed.size() < rule.among()) {
            extend(placed.size() - 1);
        } else {
            slide();
        }
    }

    @Override
    public String reason(int rank) {
        if (rank >= size) {
            return "not among the " + rule.window() + " best that the rule looks at";
        }
        if (placed.isEmpty()) {
            return "nothing stands above it";
        }
        int nearest = firstInWindow();
        for (int i = nearest; i < placed.size(); i++) {
            if (placed.get(i) != rank
                    && (placed.get(nearest) == rank
                            || similarities.get(i)[rank] > similarities.get(nearest)[rank])) {
                nearest = i;
            }
        }
        return String.format(
                Locale.ROOT,
                "%.2f of it is new beside the slate; most like '%s', %.2f",
                left[rank],
                shortlist.id(placed.get(nearest)),
                similarities.get(nearest)[rank]);
    }

    private void fillQuality() {
        double worst = size == 0 ? 0 : shortlist.score(size - 1);
        double range = size == 0 ? 0 : shortlist.score(0) - worst;
        for (int rank = 0; rank < size; rank++) {
            double relevance = range > 0 ? (shortlist.score(rank) - worst) / range : 0;
            quality[rank] = StrictMath.exp(2 * rule.relevance() * relevance);
        }
    }

    private int firstInWindow() {
        return Math.max(0, placed.size() - (rule.among() - 1));
    }

    /** Forgets all but the last items of the window. */
    private void slide() {
        Arrays.fill(left, 1);
        factor.clear();
        for (int i = firstInWindow(); i < placed.size(); i++) {
            extend(i);
        }
        for (int i = 0; i < firstInWindow(); i++) {
            similarities.set(i, NO_ROW);
        }
    }

    /** Adds one row to the Cholesky factor, that of the {@code i}-th item placed. */
    private void extend(int i) {
        int item = placed.get(i);
        double own = left[item];
        if (own <= NOTHING) {
            return;
        }
        double[] row = new double[size];
        copy(similarities.get(i), row);
        for (double[] above : factor) {
            subtractScaled(row, above, above[item]);
        }
        double scale = 1 / Math.sqrt(own);
        finish(row, left, scale);
        factor.add(row);
    }

    private static void copy(float[] from, double[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] = from[i];
        }
    }

    private static void subtractScaled(double[] row, double[] above, double by) {
        for (int i = 0; i < row.length; i++) {
            row[i] -= by * above[i];
        }
    }

    private static void finish(double[] row, double[] left, double scale) {
        for (int i = 0; i < row.length; i++) {
            row[i] *= scale;
            left[i] -= row[i] * row[i];
        }
    }
}
