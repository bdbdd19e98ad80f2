package dev.funnel.trainer.train;

import dev.funnel.bundle.Calibration;
import dev.funnel.retrieval.Hits;
import dev.funnel.trainer.fit.Calibrations;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How good the generators' lists are on a hold-out.
 *
 * @param generators each generator's own list
 * @param pooled all of them, merged, in the order of the calibrated score, which is served where the ranker is absent
 * @param calibrations from each generator's score to the probability that the user does something with the item
 * @param recallAtLimit share of held-out items among all that the generator nominates
 */
record ListReport(
        Map<String, ListMetrics> generators,
        ListMetrics pooled,
        Map<String, Calibration> calibrations,
        Map<String, Double> recallAtLimit) {

    static ListReport of(HoldOut holdOut) {
        Map<String, ListMetrics> metrics = new LinkedHashMap<>();
        Map<String, Calibration> calibrations = new LinkedHashMap<>();
        Map<String, Double> recall = new LinkedHashMap<>();
        for (String generator : holdOut.fitted().names()) {
            ListTally tally = new ListTally();
            double found = 0;
            for (HeldOutUser user : holdOut.users()) {
                boolean[] relevant = user.relevant(user.of(generator).items());
                tally.add(relevant, user.heldOutCount());
                found += (double) count(relevant) / user.heldOutCount();
            }
            metrics.put(generator, tally.mean());
            calibrations.put(generator, calibration(holdOut, generator));
            recall.put(
                    generator,
                    holdOut.users().isEmpty() ? 0 : found / holdOut.users().size());
        }
        return new ListReport(metrics, pooled(holdOut, calibrations), calibrations, recall);
    }

    private static Calibration calibration(HoldOut holdOut, String generator) {
        int size = holdOut.users().stream()
                .mapToInt(user -> user.of(generator).size())
                .sum();
        float[] scores = new float[size];
        boolean[] relevant = new boolean[size];
        int at = 0;
        for (HeldOutUser user : holdOut.users()) {
            Hits hits = user.of(generator);
            System.arraycopy(hits.scores(), 0, scores, at, hits.size());
            System.arraycopy(user.relevant(hits.items()), 0, relevant, at, hits.size());
            at += hits.size();
        }
        return Calibrations.fit(scores, relevant);
    }

    private static ListMetrics pooled(HoldOut holdOut, Map<String, Calibration> calibrations) {
        ListTally tally = new ListTally();
        for (HeldOutUser user : holdOut.users()) {
            int[] order = Ordering.best(user.pool().items(), calibrated(user.pool(), calibrations));
            tally.add(user.relevant(order), user.heldOutCount());
        }
        return tally.mean();
    }

    /** By candidate, the highest probability that one of its nominations stands for. */
    static float[] calibrated(Pool pool, Map<String, Calibration> calibrations) {
        Map<Integer, Float> best = new HashMap<>();
        calibrations.forEach((generator, calibration) -> {
            Hits hits = pool.of(generator);
            for (int i = 0; i < hits.size(); i++) {
                best.merge(hits.items()[i], calibration.probability(hits.scores()[i]), Math::max);
            }
        });
        float[] scores = new float[pool.items().length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = best.getOrDefault(pool.items()[i], 0f);
        }
        return scores;
    }

    private static int count(boolean[] flags) {
        int count = 0;
        for (boolean flag : flags) {
            count += flag ? 1 : 0;
        }
        return count;
    }
}
