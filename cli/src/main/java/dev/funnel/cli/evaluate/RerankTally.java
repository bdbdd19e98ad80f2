package dev.funnel.cli.evaluate;

import dev.funnel.reranker.rule.Exposure;
import dev.funnel.trainer.simulate.DemoWorld;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * Adds up what the slates of one policy are worth in the demo world, whose truth is known: expected watch time of each item at its
 * place, and NDCG@20 with the true expected watch time, had it stood first, as gain and the pool's best order as ideal.
 */
final class RerankTally {
    private static final int DEPTH = 20;

    private final DemoWorld world;
    private final Map<String, Double> sums = new TreeMap<>();
    private final Map<String, Double> exposures = new TreeMap<>();
    private final BitSet shown = new BitSet();
    private double exposure;
    private int slates;

    RerankTally(DemoWorld world) {
        this.world = world;
    }

    /**
     * Adds a slate.
     *
     * @param user row of the viewer
     * @param pool items to choose from
     * @param slate items shown, best first
     * @param predicted the ranker's score of each, in the order of {@code slate}
     * @param userGroup of the viewer
     * @param itemGroups of each item, in the order of {@code slate}
     * @param measures of the slate as a whole
     */
    void add(
            int user,
            long timeMs,
            int[] pool,
            int[] slate,
            float[] predicted,
            String userGroup,
            String[] itemGroups,
            Map<String, Double> measures) {
        slates++;
        double gain = 0;
        for (int place = 0; place < slate.length; place++) {
            double truth = world.expectedWatchSeconds(user, slate[place], place, timeMs);
            double seen = predicted[place] * world.examination(place);
            add("true_watch_seconds", truth);
            add("predicted_watch_seconds", seen);
            add("true_watch_seconds.user_group." + userGroup, truth);
            add("predicted_watch_seconds.user_group." + userGroup, seen);
            add("true_watch_seconds.item_group." + itemGroups[place], truth);
            add("predicted_watch_seconds.item_group." + itemGroups[place], seen);
            add("click_bait_shown", world.isClickBait(slate[place]) ? 1.0 / slate.length : 0);
            exposures.merge(itemGroups[place], Exposure.of(place), Double::sum);
            exposure += Exposure.of(place);
            shown.set(slate[place]);
            gain += place < DEPTH ? world.expectedWatchSeconds(user, slate[place], 0, timeMs) * Exposure.of(place) : 0;
        }
        add("slates.user_group." + userGroup, 1);
        add("ndcg@20", gain / ideal(user, timeMs, pool));
        measures.forEach(this::add);
    }

    /** Counts what a click-bait filter removes of one pool. */
    void addRemoved(int item, boolean removed) {
        String kind = world.isClickBait(item) ? "click_bait" : "rest";
        add("count." + kind, 1);
        add("removed." + kind, removed ? 1 : 0);
    }

    RerankFigures figures(String policy, int catalogue) {
        Map<String, Double> figures = new TreeMap<>();
        sums.forEach((name, sum) -> figures.put(name, sum / slates));
        figures.keySet().removeIf(name -> name.startsWith("count.") || name.startsWith("removed."));
        figures.keySet().removeIf(name -> name.startsWith("slates."));
        sums.forEach((name, sum) -> {
            int group = name.indexOf(".user_group.");
            if (group > 0 && !name.startsWith("slates")) {
                figures.put(name, sum / sums.getOrDefault("slates" + name.substring(group), 1.0));
            }
        });
        for (String kind : new String[] {"click_bait", "rest"}) {
            if (sums.containsKey("count." + kind)) {
                figures.put(
                        "removed_share." + kind,
                        sums.getOrDefault("removed." + kind, 0.0) / sums.getOrDefault("count." + kind, 1.0));
            }
        }
        exposures.forEach((group, sum) -> figures.put("exposure_share." + group, sum / exposure));
        figures.put("catalogue_coverage", (double) shown.cardinality() / catalogue);
        return new RerankFigures(policy, slates, figures);
    }

    private double ideal(int user, long timeMs, int[] pool) {
        double[] truths = Arrays.stream(pool)
                .mapToDouble(item -> world.expectedWatchSeconds(user, item, 0, timeMs))
                .sorted()
                .toArray();
        double ideal = 0;
        for (int place = 0; place < Math.min(DEPTH, truths.length); place++) {
            ideal += truths[truths.length - 1 - place] * Exposure.of(place);
        }
        return ideal;
    }

    private void add(String name, double value) {
        sums.merge(name, value, Double::sum);
    }
}
