package dev.funnel.ranking.rank;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.inference.Ranker;
import dev.funnel.inference.engine.NonFiniteOutputException;
import dev.funnel.inference.objective.NonFiniteObjectiveException;
import dev.funnel.ranking.feature.RankingInputs;
import dev.funnel.ranking.snapshot.RankingSnapshot;
import dev.funnel.runtime.bundle.RecordedRequest;
import dev.funnel.runtime.deadline.Deadline;
import java.time.Duration;

/**
 * Uses a new snapshot before requests do: scores the pools of the bundle's recorded requests as those of callers are scored, so that
 * pages are in memory, code is compiled, and a network or an objective of the bundle that gives no finite scores is found out. It
 * works on the thread that loads, and takes none of the arithmetic threads.
 */
public final class WarmUp {
    private static final Duration LONGEST_POOL = Duration.ofMinutes(1);

    private WarmUp() {}

    /** The same snapshot, used. */
    public static RankingSnapshot warmed(RankingSnapshot snapshot, Bundle bundle) throws BundleRefusedException {
        if (!snapshot.ranks()) {
            return snapshot;
        }
        try {
            RecordedRequest.replay(bundle, request -> score(snapshot, request));
            return snapshot;
        } catch (NonFiniteOutputException | NonFiniteObjectiveException e) {
            snapshot.close();
            throw new BundleRefusedException("ranker", String.valueOf(e.getMessage()), e);
        } catch (RuntimeException | Error e) {
            snapshot.close();
            throw e;
        }
    }

    private static void score(RankingSnapshot snapshot, RecordedRequest request) {
        Ranker ranker = snapshot.ranker();
        Ranker.Scoring pool = ranker.begin(
                RankingInputs.of(request.user(), request.query().context(), request.candidates(), snapshot.items()));
        int candidates = request.candidates().size();
        PoolScoring.slices(
                pool, (scoring, from, to) -> scoring.score(from, to), 0, candidates, Deadline.after(LONGEST_POOL));
        float[] scores = new float[candidates];
        ranker.objectives().byDefault().score(pool.heads(), scores);
        ranker.objectives().formulas().values().forEach(formula -> formula.score(pool.heads(), scores));
    }
}
