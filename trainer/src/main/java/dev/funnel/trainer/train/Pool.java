package dev.funnel.trainer.train;

import dev.funnel.bundle.ItemTest;
import dev.funnel.inference.feature.GeneratorSignals;
import dev.funnel.retrieval.Hits;
import dev.funnel.trainer.train.FittedGenerators.Asked;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What all generators nominate for one user, merged as the gateway merges it: each item once, in order of its first
 * nomination.
 *
 * @param items the candidates
 * @param nominated each generator's own list, best first
 */
record Pool(int[] items, Map<Generator, Hits> nominated) {

    static Pool of(Asked asked, GeneratorLimits limits, ItemTest filter) {
        Map<Generator, Hits> nominated = new EnumMap<>(Generator.class);
        Set<Integer> items = new LinkedHashSet<>();
        for (Generator generator : Generator.values()) {
            Hits hits = asked.best(generator, limits.of(generator), filter);
            nominated.put(generator, hits);
            for (int item : hits.items()) {
                items.add(item);
            }
        }
        return new Pool(items.stream().mapToInt(Integer::intValue).toArray(), nominated);
    }

    /** What generators say of the candidates, with who nominated them. */
    List<GeneratorSignals> nominatedSignals(List<GeneratorSignals> signals) {
        return signals.stream()
                .map(said -> new GeneratorSignals(said.generator(), said.scores(), isNominated(said.generator())))
                .toList();
    }

    private boolean[] isNominated(String generator) {
        Set<Integer> nominees = new HashSet<>();
        nominated.forEach((who, hits) -> {
            if (who.label().equals(generator)) {
                Arrays.stream(hits.items()).forEach(nominees::add);
            }
        });
        boolean[] flags = new boolean[items.length];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = nominees.contains(items[i]);
        }
        return flags;
    }
}
