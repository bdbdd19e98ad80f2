package dev.funnel.trainer.fit;

/**
 * What is watched more than it used to be: the rate of now over the rate of before.
 *
 * <p>A rate is a sum of weights w that halve with age, divided by the time that the sum stands for, in interactions a day:
 *
 * <pre>rate(h) = sum w 2^(-age / h) / (h / ln 2),     score = rate(halfLife) / (rate(baseline) + prior)</pre>
 *
 * where prior, the average item's baseline rate, keeps items that hardly anyone watched from trending by chance. A score of 1
 * is as much as before.
 *
 * @param halfLifeDays of now
 * @param baselineDays of before, above {@code halfLifeDays}
 */
public record Trending(double halfLifeDays, double baselineDays) {

    /**
     * The {@code most} items that trend most.
     *
     * @param items the item of each interaction
     * @param weights of each, in the same order
     * @param ageDays of each, in the same order, at least 0
     */
    public RankedItems fit(int itemCount, int[] items, float[] weights, double[] ageDays, int most) {
        double[] now = new double[itemCount];
        double[] before = new double[itemCount];
        double all = 0;
        for (int i = 0; i < items.length; i++) {
            now[items[i]] += rate(weights[i], ageDays[i], halfLifeDays);
            double baseline = rate(weights[i], ageDays[i], baselineDays);
            before[items[i]] += baseline;
            all += baseline;
        }
        double prior = all / Math.max(1, itemCount);
        float[] scores = new float[itemCount];
        for (int item = 0; item < itemCount; item++) {
            scores[item] = prior > 0 ? (float) (now[item] / (before[item] + prior)) : 0;
        }
        return RankedItems.best(scores, most);
    }

    private static double rate(float weight, double ageDays, double halfLife) {
        return weight * Math.pow(.5, ageDays / halfLife) * Math.log(2) / halfLife;
    }
}
