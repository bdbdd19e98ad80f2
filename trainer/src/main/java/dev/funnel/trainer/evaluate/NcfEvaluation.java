package dev.funnel.trainer.evaluate;

import dev.funnel.trainer.Progress;
import dev.funnel.trainer.fit.RowPool;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Ranks each user's held-out item twice: against the given negatives (the sampled protocol of He et al. 2017, for comparison
 * with published figures), and against all items the user has not interacted with (which is what serving does).
 *
 * <p>Sampled metrics can order two systems differently than full ones (Krichene and Rendle 2020, <i>On Sampled Metrics for Item
 * Recommendation</i>), so both are always reported. Ties are pessimistic: an item with the same score, or with a score that
 * is not a number, stands before the held-out one. A constant scorer hits nothing.
 */
public final class NcfEvaluation {

    private final NcfData data;
    private final Scorer scorer;

    private NcfEvaluation(NcfData data, Scorer scorer) {
        this.data = data;
        this.scorer = scorer;
    }

    /**
     * The metrics {@code hr@10} and {@code ndcg@10} of the sampled protocol, then {@code full_hr@10}, {@code full_ndcg@10},
     * {@code full_recall@20} and {@code full_recall@50} of the full ranking. With one held-out item, recall is the hit rate.
     */
    public static Map<String, Double> evaluate(Scorer scorer, NcfData data, int threads, Progress progress) {
        return new NcfEvaluation(data, scorer).evaluate(threads, progress);
    }

    private Map<String, Double> evaluate(int threads, Progress progress) {
        int[] sampledRanks = new int[data.users()];
        int[] fullRanks = new int[data.users()];
        try (RowPool pool = new RowPool(threads)) {
            pool.forEachRow(
                    data.users(),
                    () -> {
                        float[] scores = new float[data.items()];
                        return user -> {
                            scorer.scores(user, scores);
                            sampledRanks[user] = sampledRank(user, scores);
                            fullRanks[user] = fullRank(user, scores);
                        };
                    },
                    "evaluating",
                    progress);
        }
        return metrics(tally(sampledRanks), tally(fullRanks));
    }

    private int sampledRank(int user, float[] scores) {
        int heldOut = data.heldOut()[user];
        int before = 0;
        for (int item : data.negatives()[user]) {
            if (item != heldOut && standsBefore(scores[item], scores[heldOut])) {
                before++;
            }
        }
        return before;
    }

    private int fullRank(int user, float[] scores) {
        float heldOut = scores[data.heldOut()[user]];
        int before = -1; // the held-out item stands before itself
        for (float score : scores) {
            before += standsBefore(score, heldOut) ? 1 : 0;
        }
        for (int entry = data.train().start(user); entry < data.train().end(user); entry++) {
            before -= standsBefore(scores[data.train().column(entry)], heldOut) ? 1 : 0;
        }
        return before;
    }

    private static boolean standsBefore(float score, float heldOut) {
        return !(score < heldOut);
    }

    private static RankTally tally(int[] ranks) {
        RankTally tally = new RankTally();
        Arrays.stream(ranks).forEach(tally::add);
        return tally;
    }

    private static Map<String, Double> metrics(RankTally sampled, RankTally full) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("hr@10", sampled.hitRate(10));
        metrics.put("ndcg@10", sampled.ndcg(10));
        metrics.put("full_hr@10", full.hitRate(10));
        metrics.put("full_ndcg@10", full.ndcg(10));
        metrics.put("full_recall@20", full.hitRate(20));
        metrics.put("full_recall@50", full.hitRate(50));
        return metrics;
    }
}
