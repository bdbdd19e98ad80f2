package dev.funnel.cli.evaluate;

import dev.funnel.bundle.ItemTest;
import dev.funnel.candidate.generate.Generator;
import dev.funnel.candidate.generate.Question;
import dev.funnel.candidate.generate.Search;
import dev.funnel.inference.feature.GeneratorSignals;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.SearchLimit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the generators nominate for one user, merged.
 *
 * @param items item indexes, each once
 * @param nominations by generator what it nominated, best first
 * @param orders by generator its own score of every item of the pool
 * @param calibrated per item the best calibrated score of those who nominated it
 * @param signals what the ranker learns of each generator
 */
record OfflinePool(
        int[] items,
        Map<String, int[]> nominations,
        Map<String, float[]> orders,
        float[] calibrated,
        List<GeneratorSignals> signals) {

    /** Asks every generator for its default number of items. */
    static OfflinePool of(List<Generator> generators, Question question, ItemTest allowed) {
        Map<Integer, Float> calibrated = new LinkedHashMap<>();
        Map<String, Hits> hits = new LinkedHashMap<>();
        Map<String, Search> searches = new LinkedHashMap<>();
        for (Generator generator : generators) {
            Optional<Search> search = generator.search(question);
            Hits found = search.map(asked -> asked.best(generator.entry().defaultLimit(), allowed, SearchLimit.none()))
                    .orElse(Hits.NONE);
            hits.put(generator.name(), found);
            search.ifPresent(asked -> {
                searches.put(generator.name(), asked);
                for (int i = 0; i < found.size(); i++) {
                    int item = found.items()[i];
                    calibrated.merge(item, asked.probability(generator.entry(), item, found.scores()[i]), Math::max);
                }
            });
        }
        return merge(calibrated, hits, searches);
    }

    private static OfflinePool merge(
            Map<Integer, Float> calibrated, Map<String, Hits> hits, Map<String, Search> searches) {
        int[] items = calibrated.keySet().stream().mapToInt(Integer::intValue).toArray();
        float[] best = new float[items.length];
        Map<Integer, Integer> positions = new HashMap<>();
        for (int position = 0; position < items.length; position++) {
            best[position] = calibrated.getOrDefault(items[position], 0f);
            positions.put(items[position], position);
        }
        Map<String, int[]> nominations = new LinkedHashMap<>();
        hits.forEach((name, found) -> nominations.put(name, found.items()));
        Map<String, float[]> orders = new LinkedHashMap<>();
        searches.forEach((name, search) -> orders.put(name, scores(search, items)));
        List<GeneratorSignals> signals = new ArrayList<>();
        orders.forEach((name, scores) -> signals.add(
                new GeneratorSignals(name, scores, nominated(hits.getOrDefault(name, Hits.NONE), positions))));
        return new OfflinePool(items, nominations, orders, best, signals);
    }

    private static float[] scores(Search search, int[] items) {
        float[] scores = new float[items.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = search.score(items[i]);
        }
        return scores;
    }

    private static boolean[] nominated(Hits hits, Map<Integer, Integer> positions) {
        boolean[] nominated = new boolean[positions.size()];
        for (int item : hits.items()) {
            nominated[positions.getOrDefault(item, 0)] = true;
        }
        return nominated;
    }
}
