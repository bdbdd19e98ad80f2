package dev.funnel.trainer.train;

import dev.funnel.trainer.prepare.PositiveRule;
import dev.funnel.trainer.read.InteractionLog;
import dev.funnel.trainer.read.TrainingLog;
import dev.funnel.trainer.simulate.DemoWorld;
import dev.funnel.trainer.simulate.RankCorrelation;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/**
 * How well orders of held-out impressions agree with the truth of the demo world: the mean over users of Spearman's
 * correlation with the true expected watch time of each impression, had it been shown first. Only the simulation knows that
 * truth; nothing that was trained has seen it.
 *
 * @param users those with at least {@value #FEWEST_IMPRESSIONS} held-out impressions
 * @param impressions theirs
 * @param spearman by order: {@code ranker}, {@code duration} and {@code popularity} alone, and each generator's own score
 */
public record DemoEvaluation(int users, int impressions, Map<String, Double> spearman) {

    public static final String RANKER = "ranker";
    public static final String DURATION = "duration";
    public static final String POPULARITY = "popularity";

    private static final int FEWEST_IMPRESSIONS = 5;

    /**
     * Compares.
     *
     * @param log what was trained on, whose rows are the world's users and items
     * @param heldOut what was predicted for its held-out impressions
     */
    public static DemoEvaluation of(DemoWorld world, TrainingLog log, HeldOutPages heldOut) {
        Map<String, IntToDoubleFunction> orders = new LinkedHashMap<>();
        orders.put(RANKER, i -> heldOut.served()[i]);
        orders.put(DURATION, i -> world.durationSeconds(item(heldOut, i)));
        double[] popularity = popularity(log, heldOut);
        orders.put(POPULARITY, i -> popularity[item(heldOut, i)]);
        heldOut.generators().forEach((name, scores) -> orders.put(name, i -> scores[i]));
        return new ByUser(world, heldOut).compare(orders);
    }

    /** By item, how many interactions it had before the first held-out impression. */
    private static double[] popularity(TrainingLog log, HeldOutPages heldOut) {
        long first = Long.MAX_VALUE;
        for (int i = 0; i < heldOut.size(); i++) {
            first = Math.min(first, heldOut.log().timesMs()[heldOut.impressions()[i]]);
        }
        InteractionLog interactions = log.interactions();
        double[] counts = new double[log.items().size()];
        for (int i = 0; i < interactions.size(); i++) {
            if (interactions.timesMs()[i] < first
                    && PositiveRule.speaks(interactions.kinds()[i])) {
                counts[interactions.items()[i]]++;
            }
        }
        return counts;
    }

    private static int item(HeldOutPages heldOut, int i) {
        return heldOut.log().items()[heldOut.impressions()[i]];
    }

    /** Held-out impressions, one user after the other. */
    private record ByUser(DemoWorld world, HeldOutPages heldOut) {

        DemoEvaluation compare(Map<String, IntToDoubleFunction> orders) {
            int[] byUser = heldOut.byUser();
            Map<String, Double> sums = new LinkedHashMap<>();
            int users = 0;
            int impressions = 0;
            for (int from = 0, to; from < byUser.length; from = to) {
                to = end(byUser, from);
                if (user(byUser[from]) >= 0 && to - from >= FEWEST_IMPRESSIONS) {
                    users++;
                    impressions += to - from;
                    add(orders, byUser, from, to, sums);
                }
            }
            int count = users;
            sums.replaceAll((name, sum) -> sum / count);
            return new DemoEvaluation(users, impressions, sums);
        }

        private int user(int i) {
            return heldOut.log().users()[heldOut.impressions()[i]];
        }

        private int end(int[] byUser, int from) {
            int to = from + 1;
            while (to < byUser.length && user(byUser[to]) == user(byUser[from])) {
                to++;
            }
            return to;
        }

        private void add(
                Map<String, IntToDoubleFunction> orders, int[] byUser, int from, int to, Map<String, Double> sums) {
            double[] truth = values(byUser, from, to, this::expectedWatchSeconds);
            orders.forEach((name, order) -> {
                double spearman = RankCorrelation.spearman(values(byUser, from, to, order), truth);
                sums.merge(name, Double.isNaN(spearman) ? 0 : spearman, Double::sum);
            });
        }

        private double expectedWatchSeconds(int i) {
            int impression = heldOut.impressions()[i];
            return world.expectedWatchSeconds(
                    user(i), item(heldOut, i), 0, heldOut.log().timesMs()[impression]);
        }

        private static double[] values(int[] byUser, int from, int to, IntToDoubleFunction order) {
            double[] values = new double[to - from];
            for (int i = from; i < to; i++) {
                values[i - from] = order.applyAsDouble(byUser[i]);
            }
            return values;
        }
    }

    /** The evaluation as a flat JSON object's fields. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("system", "demo");
        json.put("protocol", "held-out impressions, mean per-user Spearman with true expected watch time");
        json.put("users", users);
        json.put("impressions", impressions);
        spearman.forEach((name, value) -> json.put("spearman." + name, value));
        return json;
    }

    /** The evaluation as lines of text. */
    public String text() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%-10s %9s   with the true expected watch time, %,d users, %,d held-out impressions%n",
                "order",
                "Spearman",
                users,
                impressions));
        spearman.forEach((name, value) -> text.append(String.format(Locale.ROOT, "%-10s %9.4f%n", name, value)));
        return text.toString();
    }
}
