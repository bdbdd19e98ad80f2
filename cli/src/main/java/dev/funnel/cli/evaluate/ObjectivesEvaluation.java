package dev.funnel.cli.evaluate;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.inference.Ranker;
import dev.funnel.inference.objective.Objective;
import dev.funnel.inference.objective.Objectives;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.simulate.DemoWorld;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Compares objectives on a demo world, where the truth is known: the same viewers, pools and heads, ordered by each. Objectives are the
 * ranker's heads, the bundle's formulas, and further formulas.
 */
public final class ObjectivesEvaluation implements AutoCloseable {
    /** How many of each pool count, best first. */
    private static final int PLACES = 10;

    private final DemoWorld world;
    private final BundlePools pools;
    private final Map<String, Objective> objectives = new LinkedHashMap<>();

    /**
     * @param world whose data the bundle was trained on; users and items have the same rows
     * @param formulas over the ranker's heads, by name
     * @throws BundleRefusedException if the bundle cannot be loaded
     * @throws dev.funnel.inference.objective.InvalidObjectiveException if a formula cannot be read
     */
    public ObjectivesEvaluation(DemoWorld world, Bundle bundle, Map<String, String> formulas)
            throws BundleRefusedException {
        this.world = world;
        this.pools = new BundlePools(bundle);
        Objectives known = pools.ranker().objectives();
        known.heads().forEach(head -> objectives.put(head, Objects.requireNonNull(known.named(head), head)));
        objectives.putAll(known.formulas());
        formulas.forEach((name, formula) -> objectives.put(name, Objective.parse(formula, known.heads())));
    }

    /** The figures of every objective, over the pools of so many viewers. */
    List<ObjectiveFigures> run(int viewers, Progress progress) {
        Map<String, Tally> tallies = new LinkedHashMap<>();
        objectives.keySet().forEach(name -> tallies.put(name, new Tally()));
        int[] users = pools.users(viewers);
        for (int i = 0; i < users.length; i++) {
            progress.advance("comparing objectives", (double) i / users.length);
            add(users[i], tallies);
        }
        List<ObjectiveFigures> figures = new ArrayList<>();
        tallies.forEach((name, tally) -> figures.add(tally.figures(name)));
        return figures;
    }

    private void add(int user, Map<String, Tally> tallies) {
        BundlePools.Asked asked = pools.ask(user);
        int[] items = asked.pool().items();
        Ranker.Scoring scoring = pools.ranker().begin(asked.input());
        scoring.score(0, items.length);
        float[] scores = new float[items.length];
        tallies.forEach((name, tally) -> {
            Objective objective = objectives.get(name);
            if (objective != null) {
                objective.score(scoring.heads(), scores);
                best(scores).forEach(place -> tally.add(user, items[place]));
            }
        });
    }

    private static IntStream best(float[] scores) {
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(place -> -scores[place]))
                .limit(PLACES)
                .mapToInt(Integer::intValue);
    }

    /** Sums over the places of one objective. */
    private final class Tally {
        private int places;
        private double watchSeconds;
        private double clicks;
        private double clickBait;
        private double duration;

        void add(int user, int item) {
            long timeMs = pools.time().toEpochMilli();
            places++;
            watchSeconds += world.expectedWatchSeconds(user, item, 0, timeMs);
            clicks += world.clickProbability(user, item, 0, timeMs);
            clickBait += world.isClickBait(item) ? 1 : 0;
            duration += world.durationSeconds(item);
        }

        ObjectiveFigures figures(String objective) {
            double count = Math.max(1, places);
            return new ObjectiveFigures(
                    objective, places, watchSeconds / count, clicks / count, clickBait / count, duration / count);
        }
    }

    @Override
    public void close() {
        pools.close();
    }
}
