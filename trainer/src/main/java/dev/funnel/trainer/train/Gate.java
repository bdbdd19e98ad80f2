package dev.funnel.trainer.train;

/**
 * Refuses a model that is worse than showing everyone the most popular items.
 *
 * <p>Retrieval is compared by recall@50 of the best generator that knows the user. The order is compared by the weighted
 * per-user loss on held-out pages, where what was shown is given to both; without pages, by NDCG@10 of the whole.
 */
final class Gate {

    private Gate() {}

    static void check(Measurement measured, FittedGenerators fitted, String popularity, TrainingReport report)
            throws WorseThanPopularityException {
        ListMetrics popular = list(measured, popularity);
        double recall = bestPersonal(measured, fitted);
        if (recall < popular.recallAt50()) {
            throw new WorseThanPopularityException("recall@50", recall, popular.recallAt50(), report);
        }
        RankerReport ranker = measured.ranker();
        if (ranker != null) {
            double loss = ranker.perUserLossOf().getOrDefault(popularity, Double.NaN);
            if (ranker.perUserLoss() > loss) {
                throw new WorseThanPopularityException("per-user loss", ranker.perUserLoss(), loss, report);
            }
        } else if (measured.lists().containsKey(TrainingReport.RANKED)) {
            double ndcg = list(measured, TrainingReport.RANKED).ndcgAt10();
            if (ndcg < popular.ndcgAt10()) {
                throw new WorseThanPopularityException("NDCG@10", ndcg, popular.ndcgAt10(), report);
            }
        }
    }

    private static double bestPersonal(Measurement measured, FittedGenerators fitted) {
        return fitted.personal().stream()
                .mapToDouble(one -> list(measured, one.name()).recallAt50())
                .max()
                .orElse(Double.POSITIVE_INFINITY);
    }

    private static ListMetrics list(Measurement measured, String name) {
        ListMetrics metrics = measured.lists().get(name);
        if (metrics == null) {
            throw new IllegalStateException("list " + name + " was not measured");
        }
        return metrics;
    }
}
