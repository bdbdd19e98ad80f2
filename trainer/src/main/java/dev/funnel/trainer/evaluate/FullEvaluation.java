package dev.funnel.trainer.evaluate;

import dev.funnel.trainer.Progress;
import dev.funnel.trainer.fit.RowPool;
import dev.funnel.trainer.fit.SparseRows;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Ranks all items that a user has not interacted with, and finds the user's held-out items in that ranking. Metrics are means
 * over the users that have any.
 *
 * <p>With hits, the held-out items among the first k, and n, the number of the user's held-out items:
 *
 * <pre>
 * recall@k          hits / min(k, n)   Liang et al. (2018), Variational Autoencoders for Collaborative Filtering, section 4.2;
 *                                      Rendle et al. (2022), Revisiting the Performance of iALS
 * recall_of_all@k   hits / n           as in the literature on graph convolution, e.g. He et al. (2020), LightGCN
 * ndcg@k            sum over hits of 1 / log2(rank + 1), divided by that of min(k, n) hits at the first ranks
 * hr@k              1 if there is a hit, otherwise 0
 * </pre>
 *
 * <p>Ties are pessimistic: an item with the same score as a held-out one, or with a score that is not a number, stands before
 * it. Held-out items of equal score stand in any order, which makes no difference.
 */
public final class FullEvaluation {

    static final String CONVENTION =
            "recall@k divides by min(k, held-out items), recall_of_all@k by all held-out items";

    private final Scorer scorer;
    private final SparseRows train;
    private final int[][] heldOut;
    private final int k;
    private final double[] recall;
    private final double[] recallOfAll;
    private final double[] ndcg;
    private final double[] hits;

    private FullEvaluation(Scorer scorer, SparseRows train, int[][] heldOut, int k) {
        this.scorer = scorer;
        this.train = train;
        this.heldOut = heldOut;
        this.k = k;
        this.recall = new double[heldOut.length];
        this.recallOfAll = new double[heldOut.length];
        this.ndcg = new double[heldOut.length];
        this.hits = new double[heldOut.length];
    }

    /**
     * The metrics {@code recall@k}, {@code ndcg@k}, {@code hr@k} and {@code recall_of_all@k}; 0 if nobody has a held-out item.
     *
     * @param heldOut for each user the held-out items, ascending, none of them in its row of {@code train}
     * @param k at least 1; may exceed the number of items
     */
    public static Map<String, Double> evaluate(
            Scorer scorer, SparseRows train, int[][] heldOut, int k, int threads, Progress progress) {
        return new FullEvaluation(scorer, train, heldOut, k).evaluate(threads, progress);
    }

    private Map<String, Double> evaluate(int threads, Progress progress) {
        try (RowPool pool = new RowPool(threads)) {
            pool.forEachRow(
                    heldOut.length,
                    () -> {
                        float[] scores = new float[train.columns()];
                        return user -> measure(user, scores);
                    },
                    "evaluating",
                    progress);
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("recall@" + k, mean(recall));
        metrics.put("ndcg@" + k, mean(ndcg));
        metrics.put("hr@" + k, mean(hits));
        metrics.put("recall_of_all@" + k, mean(recallOfAll));
        return metrics;
    }

    private void measure(int user, float[] scores) {
        int[] wanted = heldOut[user];
        if (wanted.length == 0) {
            return;
        }
        scorer.scores(user, scores);
        int[] ranks = HeldOutRanks.of(scores, train, user, wanted);
        int found = 0;
        double gain = 0;
        for (int rank : ranks) {
            if (rank < k) {
                found++;
                gain += discount(rank);
            }
        }
        int most = Math.min(k, wanted.length);
        recall[user] = found / (double) most;
        recallOfAll[user] = found / (double) wanted.length;
        hits[user] = found > 0 ? 1 : 0;
        ndcg[user] = gain / idealGain(most);
    }

    private static double idealGain(int hits) {
        double gain = 0;
        for (int rank = 0; rank < hits; rank++) {
            gain += discount(rank);
        }
        return gain;
    }

    private static double discount(int rank) {
        return Math.log(2) / Math.log(rank + 2.0);
    }

    /** In the order of users, so that it does not depend on threads. */
    private double mean(double[] ofUser) {
        double sum = 0;
        int users = 0;
        for (int user = 0; user < ofUser.length; user++) {
            if (heldOut[user].length > 0) {
                sum += ofUser[user];
                users++;
            }
        }
        return users == 0 ? 0 : sum / users;
    }
}
