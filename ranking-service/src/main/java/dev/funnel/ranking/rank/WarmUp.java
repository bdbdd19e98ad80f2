package dev.funnel.ranking.rank;

import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.History;
import dev.funnel.inference.Ranker;
import dev.funnel.inference.engine.NonFiniteOutputException;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.inference.objective.NonFiniteObjectiveException;
import dev.funnel.ranking.snapshot.RankingSnapshot;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Uses a new snapshot before requests do: scores its first items a few times for nobody in particular, so that pages are in
 * memory, code is compiled, and a network or an objective of the bundle that gives no finite scores is found out.
 */
public final class WarmUp {
    private static final int ITEMS = 500;
    private static final int ROUNDS = 20;

    private WarmUp() {}

    /** The same snapshot, used. */
    public static RankingSnapshot warmed(RankingSnapshot snapshot) throws BundleRefusedException {
        if (!snapshot.ranks()) {
            return snapshot;
        }
        try {
            for (int round = 0; round < ROUNDS; round++) {
                score(snapshot.ranker(), Math.min(ITEMS, snapshot.items().size()));
            }
            return snapshot;
        } catch (NonFiniteOutputException | NonFiniteObjectiveException e) {
            snapshot.close();
            throw new BundleRefusedException("ranker", String.valueOf(e.getMessage()), e);
        } catch (RuntimeException | Error e) {
            snapshot.close();
            throw e;
        }
    }

    private static void score(Ranker ranker, int items) {
        int[] candidates = IntStream.range(0, items).toArray();
        Ranker.Scoring scoring = ranker.begin(
                new RankingInput(0, Map.of(), Map.of(), History.EMPTY, null, candidates, List.of(), new int[0]));
        scoring.score(0, items);
        float[] scores = new float[items];
        ranker.objectives().byDefault().score(scoring.heads(), scores);
        ranker.objectives().formulas().values().forEach(formula -> formula.score(scoring.heads(), scores));
    }
}
