package dev.funnel.trainer.generate;

import dev.funnel.bundle.CategoryListColumn;
import dev.funnel.bundle.PopularSlates;
import dev.funnel.bundle.PopularSlates.Slate;
import dev.funnel.retrieval.cold.Profile;
import dev.funnel.trainer.fit.RankedItems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Fits the popular slates of a bundle: by what users of a country or of a language did, and, of each category, the most popular
 * overall. A country, language or category of which little is known has none.
 */
public final class PopularSlatesFitting {
    private static final int MOST_OF_A_KIND = 1_000;
    private static final int LEAST_INTERACTIONS = 200;
    private static final int LEAST_ITEMS = 20;
    private static final String CATEGORIES = "categories";

    private final FittingInput input;
    private final Map<String, Slate> slates = new HashMap<>();

    private PopularSlatesFitting(FittingInput input) {
        this.input = input;
    }

    /** All slates that can be told from the interactions to fit on; at least the one for everybody. */
    public static PopularSlates fit(FittingInput input) {
        PopularSlatesFitting fitting = new PopularSlatesFitting(input);
        RankedItems everywhere = fitting.popular(input.speaking(), input.items().size());
        fitting.slates.put(PopularSlates.OVERALL, slate(everywhere));
        fitting.byProfile("country", PopularSlates::country);
        fitting.byProfile("language", PopularSlates::language);
        fitting.byCategory(everywhere);
        return new PopularSlates(Map.copyOf(fitting.slates));
    }

    private RankedItems popular(int[] speaking, int length) {
        return PopularGenerator.fit(input, speaking, PopularGenerator.HALF_LIFE_DAYS, length);
    }

    private void byProfile(String column, Function<String, String> key) {
        List<String> valueOf = new ArrayList<>();
        for (int user = 0; user < input.userCount(); user++) {
            Profile profile = Askers.profile(input.profiles().of(user));
            valueOf.add(profile.text(column));
        }
        Map<String, List<Integer>> speakingOf = new HashMap<>();
        for (int speaking : input.speaking()) {
            String value = valueOf.get(input.deeds().log().users()[speaking]);
            if (!value.isEmpty() && (speakingOf.containsKey(value) || speakingOf.size() < MOST_OF_A_KIND)) {
                speakingOf.computeIfAbsent(value, first -> new ArrayList<>()).add(speaking);
            }
        }
        speakingOf.forEach((value, all) -> {
            if (all.size() >= LEAST_INTERACTIONS) {
                int[] speaking = all.stream().mapToInt(Integer::intValue).toArray();
                slates.put(key.apply(value), slate(popular(speaking, PopularSlates.LONGEST)));
            }
        });
    }

    private void byCategory(RankedItems everywhere) {
        CategoryListColumn categories = input.items().categoryList(CATEGORIES);
        if (categories == null) {
            return;
        }
        Map<Integer, List<Integer>> ranksOf = new HashMap<>();
        for (int rank = 0; rank < everywhere.items().length; rank++) {
            int item = everywhere.items()[rank];
            for (int i = 0; i < categories.count(item); i++) {
                int code = categories.code(item, i);
                if (ranksOf.containsKey(code) || ranksOf.size() < MOST_OF_A_KIND) {
                    ranksOf.computeIfAbsent(code, first -> new ArrayList<>()).add(rank);
                }
            }
        }
        ranksOf.forEach((code, ranks) -> {
            if (ranks.size() >= LEAST_ITEMS) {
                slates.put(PopularSlates.category(categories.value(code)), of(everywhere, ranks));
            }
        });
    }

    private static Slate of(RankedItems everywhere, List<Integer> ranks) {
        int size = Math.min(ranks.size(), PopularSlates.LONGEST);
        int[] items = new int[size];
        float[] scores = new float[size];
        for (int i = 0; i < size; i++) {
            items[i] = everywhere.items()[ranks.get(i)];
            scores[i] = everywhere.scores()[ranks.get(i)];
        }
        return new Slate(items, scores);
    }

    private static Slate slate(RankedItems best) {
        int size = Math.min(best.items().length, PopularSlates.LONGEST);
        return new Slate(Arrays.copyOf(best.items(), size), Arrays.copyOf(best.scores(), size));
    }
}
