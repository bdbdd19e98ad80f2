package dev.funnel.trainer.evaluate;

/**
 * Counts at which rank the one held-out item of each user came, and turns the counts into metrics.
 *
 * <p>Ranks count from 0. With one relevant item per user, recall at k is the hit rate at k, and the ideal gain is 1.
 */
public final class RankTally {

    /** Ranks from here on count as not found. */
    private static final int DEPTH = 1000;

    private final long[] usersAtRank = new long[DEPTH];
    private long users;

    /** Counts one user; {@code rank} is how many items stand before the held-out one, or -1 if it was not ranked at all. */
    public void add(int rank) {
        if (rank >= 0 && rank < DEPTH) {
            usersAtRank[rank]++;
        }
        users++;
    }

    /** How many users were counted. */
    public long users() {
        return users;
    }

    /** The share of users whose item is among the first {@code k}, at most 1,000; NaN if there are no users. */
    public double hitRate(int k) {
        long hits = 0;
        for (int rank = 0; rank < k; rank++) {
            hits += usersAtRank[rank];
        }
        return hits / (double) users;
    }

    /** The mean of 1 / log2(rank + 2) over the users whose item is among the first {@code k}, 0 for the others. */
    public double ndcg(int k) {
        double gain = 0;
        for (int rank = 0; rank < k; rank++) {
            gain += usersAtRank[rank] * Math.log(2) / Math.log(rank + 2.0);
        }
        return gain / users;
    }
}
