package dev.funnel.trainer.generate;

import dev.funnel.bundle.ItemTest;
import dev.funnel.bundle.TensorFileWriter;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.RankedList;
import dev.funnel.retrieval.cold.Place;
import dev.funnel.retrieval.cold.Profile;
import dev.funnel.trainer.fit.RankedItems;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code popular-near}: the most popular items among users of the same country and language, or else of the same country, or
 * else of the same language, or else among all. A place has a list from so many interactions on.
 */
public final class PopularNearGenerator implements GeneratorKind {

    private static final int MOST_PLACES = 10_000;

    @Override
    public String name() {
        return "popular-near";
    }

    @Override
    public Fitting fitting(GeneratorLine line) {
        double halfLifeDays = line.days("half_life", PopularGenerator.HALF_LIFE_DAYS);
        int length = line.whole("length", 1_000, 1, FittedList.LONGEST);
        int least = line.whole("least_interactions", 1_000, 1, Integer.MAX_VALUE);
        return (input, progress) -> {
            Map<String, RankedItems> lists = new TreeMap<>();
            byPlace(input).forEach((place, speaking) -> {
                int[] places = speaking.stream().mapToInt(Integer::intValue).toArray();
                if (places.length >= least || place.equals(Place.EVERYWHERE)) {
                    lists.put(place, PopularGenerator.fit(input, places, halfLifeDays, length));
                }
            });
            return Fitted.of(lists, Map.of("half_life_days", halfLifeDays, "least_interactions", (double) least));
        };
    }

    private static Map<String, List<Integer>> byPlace(FittingInput input) {
        List<List<String>> placesOf = new ArrayList<>();
        for (int user = 0; user < input.userCount(); user++) {
            Profile profile = Askers.profile(input.profiles().of(user));
            placesOf.add(Place.of(profile.text("country"), profile.text("language")));
        }
        Map<String, List<Integer>> byPlace = new HashMap<>(Map.of(Place.EVERYWHERE, new ArrayList<>()));
        for (int speaking : input.speaking()) {
            for (String place : placesOf.get(input.deeds().log().users()[speaking])) {
                if (byPlace.containsKey(place) || byPlace.size() < MOST_PLACES) {
                    byPlace.computeIfAbsent(place, key -> new ArrayList<>()).add(speaking);
                }
            }
        }
        return byPlace;
    }

    private record Fitted(Map<String, RankedItems> items, Map<String, RankedList> lists, Map<String, Double> parameters)
            implements FittedGenerator {
        static Fitted of(Map<String, RankedItems> items, Map<String, Double> parameters) {
            Map<String, RankedList> lists = new TreeMap<>();
            items.forEach((place, list) -> lists.put(place, list.list()));
            return new Fitted(items, lists, parameters);
        }

        @Override
        public String kind() {
            return "ranked-lists";
        }

        @Override
        public Optional<Asked> ask(Asker asker) {
            String country = Askers.context(asker, "country");
            String language = Askers.context(asker, "language");
            Profile profile = Askers.profile(asker.profile());
            String place = Place.first(
                    lists.keySet(),
                    country.isEmpty() ? profile.text("country") : country,
                    language.isEmpty() ? profile.text("language") : language);
            return Optional.ofNullable(lists.get(place)).map(Listed::new);
        }

        @Override
        public void write(GeneratorFiles files) throws IOException {
            long[] offsets = new long[items.size() + 1];
            List<Integer> all = new ArrayList<>();
            List<Float> scores = new ArrayList<>();
            int at = 0;
            for (RankedItems list : items.values()) {
                for (int i = 0; i < list.items().length; i++) {
                    all.add(list.items()[i]);
                    scores.add(list.scores()[i]);
                }
                offsets[++at] = all.size();
            }
            float[] flat = new float[scores.size()];
            for (int i = 0; i < flat.length; i++) {
                flat[i] = scores.get(i);
            }
            new TensorFileWriter(files.tensors())
                    .addStrings("places", items.keySet().toArray(String[]::new))
                    .add("offsets", offsets)
                    .add("items", all.stream().mapToInt(Integer::intValue).toArray())
                    .add("scores", flat)
                    .write();
        }
    }

    private record Listed(RankedList list) implements Asked {
        @Override
        public Hits best(int k, ItemTest filter) {
            return list.best(k, filter);
        }

        @Override
        public float score(int item) {
            return list.score(item);
        }
    }
}
