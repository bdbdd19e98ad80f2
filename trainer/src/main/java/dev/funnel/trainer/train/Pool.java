package dev.funnel.trainer.train;

import dev.funnel.bundle.History;
import dev.funnel.bundle.ItemTest;
import dev.funnel.inference.feature.GeneratorSignals;
import dev.funnel.retrieval.Hits;
import dev.funnel.trainer.generate.Asker;
import dev.funnel.trainer.generate.FittedGenerator;
import dev.funnel.trainer.generate.GeneratorPlan;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What all generators nominate for one user, merged as the gateway merges it: each item once, in order of its first
 * nomination.
 *
 * @param items the candidates
 * @param nominated each generator's own list, best first, by its name
 */
record Pool(int[] items, Map<String, Hits> nominated) {

    /**
     * What the generators nominate within the limits of the plans, of what is available. Known items that a generator nominates
     * since they are known are not among {@code items}: those are to be foreseen.
     */
    static Pool of(FittedGenerators fitted, List<GeneratorPlan> plans, Asker asker, AvailableItems available) {
        Map<String, Hits> nominated = new LinkedHashMap<>();
        Set<Integer> items = new LinkedHashSet<>();
        ItemTest unknown = available.notIn(asker.history(), asker.timeMs());
        ItemTest any = available.notIn(History.EMPTY, asker.timeMs());
        for (int i = 0; i < plans.size(); i++) {
            FittedGenerator generator = fitted.members().get(i).generator();
            int limit = plans.get(i).limit();
            ItemTest filter = generator.nominatesWatched() ? any : unknown;
            Hits hits = generator.ask(asker).map(one -> one.best(limit, filter)).orElse(Hits.NONE);
            nominated.put(plans.get(i).name(), hits);
            if (!generator.nominatesWatched()) {
                Arrays.stream(hits.items()).forEach(items::add);
            }
        }
        return new Pool(items.stream().mapToInt(Integer::intValue).toArray(), nominated);
    }

    /** The plans with limits that add up to {@code total} at most, in the same proportion; each nominates at least one. */
    static List<GeneratorPlan> adding(List<GeneratorPlan> plans, int total) {
        int all = plans.stream().mapToInt(GeneratorPlan::limit).sum();
        return plans.stream()
                .map(plan -> plan.limitedTo(Math.clamp((long) plan.limit() * total / all, 1, GeneratorPlan.MOST)))
                .toList();
    }

    Hits of(String generator) {
        return nominated.getOrDefault(generator, Hits.NONE);
    }

    /** What generators say of the candidates, with who nominated them. */
    List<GeneratorSignals> nominatedSignals(List<GeneratorSignals> signals) {
        return signals.stream()
                .map(said -> new GeneratorSignals(said.generator(), said.scores(), isNominated(said.generator())))
                .toList();
    }

    private boolean[] isNominated(String generator) {
        Set<Integer> nominees = new HashSet<>();
        Arrays.stream(of(generator).items()).forEach(nominees::add);
        boolean[] flags = new boolean[items.length];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = nominees.contains(items[i]);
        }
        return flags;
    }
}
