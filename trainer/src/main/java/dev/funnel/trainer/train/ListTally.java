package dev.funnel.trainer.train;

/**
 * Quality of ranked lists against what was held out, over many users, each user counting once.
 *
 * <ul>
 *   <li>recall@50: share of the user's held-out items among the first 50;
 *   <li>NDCG@10: sum of 1 / log2(place + 1) over held-out items among the first 10, over its greatest possible value;
 *   <li>HR@10: 1 if one of the first 10 was held out.
 * </ul>
 */
final class ListTally {

    static final int RECALL_AT = 50;
    static final int NDCG_AT = 10;

    private int users;
    private double recall;
    private double ndcg;
    private double hits;

    /** The means over all users so far. */
    ListMetrics mean() {
        return new ListMetrics(recall / users, ndcg / users, hits / users, users);
    }

    /**
     * Adds one user.
     *
     * @param relevant by place in the list, whether that item was held out
     * @param heldOut how many items were, at least 1
     */
    void add(boolean[] relevant, int heldOut) {
        int found = 0;
        double gain = 0;
        boolean hit = false;
        for (int place = 0; place < Math.min(RECALL_AT, relevant.length); place++) {
            if (relevant[place]) {
                found++;
                if (place < NDCG_AT) {
                    hit = true;
                    gain += discount(place);
                }
            }
        }
        recall += (double) found / heldOut;
        ndcg += gain / greatestGain(heldOut);
        hits += hit ? 1 : 0;
        users++;
    }

    private static double greatestGain(int heldOut) {
        double gain = 0;
        for (int place = 0; place < Math.min(NDCG_AT, heldOut); place++) {
            gain += discount(place);
        }
        return gain;
    }

    private static double discount(int place) {
        return Math.log(2) / Math.log(place + 2.0);
    }
}
