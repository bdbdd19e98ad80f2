package dev.funnel.inference.projection;

import dev.funnel.inference.feature.RankingInput;
import java.util.stream.IntStream;

/**
 * Whether shares in half precision hardly change scores: the bundle's first items are scored for nobody in particular with both, and no
 * head may move by more than a thousandth of itself.
 */
final class HalfCheck {
    private static final int MOST_ITEMS = 512;
    private static final double MOST_MOVE = 1e-3;

    private final ProjectedForward exact;
    private final int[] widths;
    private final int items;

    HalfCheck(ProjectedForward exact, int[] widths, int items) {
        this.exact = exact;
        this.widths = widths;
        this.items = Math.min(MOST_ITEMS, items);
    }

    boolean passes() {
        try (Shares halves = new HalfShares(items, widths)) {
            float[][] expected = scores(exact);
            float[][] found = scores(exact.keeping(halves, items));
            double most = 0;
            for (int head = 0; head < expected.length; head++) {
                for (int i = 0; i < items; i++) {
                    float score = expected[head][i];
                    most = Math.max(
                            most, Math.abs(found[head][i] - score) / Math.max(Math.abs(score), Float.MIN_NORMAL));
                }
            }
            return most < MOST_MOVE;
        }
    }

    private float[][] scores(ProjectedForward forward) {
        int[] candidates = IntStream.range(0, items).toArray();
        float[][] heads = new float[forward.heads()][items];
        forward.open(RankingInput.ofItems(candidates)).score(0, items, heads);
        return heads;
    }
}
