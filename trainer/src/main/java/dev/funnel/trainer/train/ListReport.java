package dev.funnel.trainer.train;

import dev.funnel.bundle.Calibration;
import dev.funnel.retrieval.Hits;
import dev.funnel.trainer.fit.Reliability;
import dev.funnel.trainer.train.FittedGenerators.Member;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How good the generators' lists are on a hold-out.
 *
 * @param generators each generator's own list
 * @param pooled all of them, merged, in the order of the calibrated score, which is served where the ranker is absent
 * @param calibrations from each generator's score to the probability that the user does something with the item
 * @param seedCalibrations the same where an item is asked about, of generators that have an answer then
 * @param reliability of calibrations that were fitted on every other user, on the rest
 * @param recallAtLimit share of held-out items among all that the generator nominates
 */
record ListReport(
        Map<String, ListMetrics> generators,
        ListMetrics pooled,
        Map<String, Calibration> calibrations,
        Map<String, Calibration> seedCalibrations,
        Map<String, Reliability> reliability,
        Map<String, Double> recallAtLimit) {

    static ListReport of(HoldOut holdOut) {
        Map<String, ListMetrics> metrics = new LinkedHashMap<>();
        Map<String, Calibration> calibrations = new LinkedHashMap<>();
        Map<String, Calibration> ofSeeds = new LinkedHashMap<>();
        Map<String, Reliability> reliability = new LinkedHashMap<>();
        Map<String, Double> recall = new LinkedHashMap<>();
        for (Member generator : holdOut.fitted().members()) {
            ListTally tally = new ListTally();
            double found = 0;
            int users = 0;
            for (HeldOutUser user : holdOut.users()) {
                BitSet wanted = user.wanted(generator);
                if (!wanted.isEmpty()) {
                    boolean[] relevant = user.relevant(user.of(generator.name()).items(), wanted);
                    tally.add(relevant, wanted.cardinality());
                    found += (double) count(relevant) / wanted.cardinality();
                    users++;
                }
            }
            metrics.put(generator.name(), tally.mean());
            calibrations.put(
                    generator.name(),
                    Observations.of(holdOut.users(), generator).calibration());
            Observations.ofSeeds(holdOut.users(), generator)
                    .ifPresent(seen -> ofSeeds.put(generator.name(), seen.calibration()));
            reliability.put(generator.name(), Observations.reliability(holdOut.users(), generator));
            recall.put(generator.name(), users == 0 ? 0 : found / users);
        }
        return new ListReport(metrics, pooled(holdOut, calibrations), calibrations, ofSeeds, reliability, recall);
    }

    private static ListMetrics pooled(HoldOut holdOut, Map<String, Calibration> calibrations) {
        ListTally tally = new ListTally();
        for (HeldOutUser user : holdOut.users()) {
            int[] order = Ordering.best(user.pool().items(), calibrated(user.pool(), calibrations));
            tally.add(user.relevant(order, user.heldOut()), user.heldOutCount());
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
