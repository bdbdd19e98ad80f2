package dev.funnel.inference.projection;

import dev.funnel.bundle.History;
import dev.funnel.inference.feature.RankingInput;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Whether shares in half precision hardly change scores: the bundle's first items are scored with both, for a visitor of whom nothing is known
 * and for a few who watched some of them, and no head may move by more than a thousandth of itself.
 */
final class HalfCheck {
    private static final int MOST_ITEMS = 512;
    private static final int PEOPLE = 8;
    private static final int WATCHED = 20;
    private static final long SEED = 1;
    private static final byte WATCH = 1; // InteractionKind of the contract
    private static final long WATCHED_MS = 60_000;
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
            ProjectedForward rounded = exact.keeping(halves, items);
            SplittableRandom random = new SplittableRandom(SEED);
            double most = move(rounded, History.EMPTY);
            for (int person = 0; person < PEOPLE && items > 0; person++) {
                most = Math.max(most, move(rounded, watches(random)));
            }
            return most < MOST_MOVE;
        }
    }

    /** The largest move of a score, as a share of it. */
    private double move(ProjectedForward rounded, History history) {
        float[][] expected = scores(exact, history);
        float[][] found = scores(rounded, history);
        double most = 0;
        for (int head = 0; head < expected.length; head++) {
            for (int i = 0; i < items; i++) {
                float score = expected[head][i];
                double move = Math.abs(found[head][i] - score) / Math.max(Math.abs(score), Float.MIN_NORMAL);
                most = Math.max(most, move);
            }
        }
        return most;
    }

    private History watches(SplittableRandom random) {
        int[] watched = random.ints(WATCHED, 0, items).toArray();
        byte[] kinds = new byte[WATCHED];
        long[] lengths = new long[WATCHED];
        float[] weights = new float[WATCHED];
        Arrays.fill(kinds, WATCH);
        Arrays.fill(lengths, WATCHED_MS);
        Arrays.fill(weights, 1);
        return new History(watched, new long[WATCHED], kinds, lengths, weights);
    }

    private float[][] scores(ProjectedForward forward, History history) {
        int[] candidates = IntStream.range(0, items).toArray();
        float[][] heads = new float[forward.heads()][items];
        RankingInput input = new RankingInput(0, Map.of(), Map.of(), history, null, candidates, List.of(), new int[0]);
        forward.open(input).score(0, items, heads);
        return heads;
    }
}
