package dev.funnel.trainer.rank;

import dev.funnel.bundle.CategoryColumn;
import dev.funnel.bundle.CategoryListColumn;
import dev.funnel.bundle.Column;
import dev.funnel.bundle.Table;
import dev.funnel.inference.feature.Vocabulary;
import dev.funnel.trainer.read.Codes;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The texts that occur under a name: in the item table's column, the user table's and the log's. One vocabulary a name, most
 * frequent first, at most {@value #MOST} texts; the rest is out of vocabulary.
 */
final class Vocabularies {
    static final String HOUR = "hour_of_day";
    static final String WEEKDAY = "day_of_week";

    private static final int MOST = 100_000;

    private final Map<String, Map<String, Integer>> counts = new HashMap<>();
    private final Map<String, Vocabulary> vocabularies = new HashMap<>();

    Vocabularies(RankerTrainingInput input) {
        count(input.items());
        count(input.users());
        if (input.examples() instanceof Examples.Impressions shown) {
            count("country", shown.log().country());
            count("language", shown.log().language());
            count("device", shown.log().device());
        }
        counts.forEach((name, texts) -> vocabularies.put(name, mostFrequent(texts)));
        vocabularies.put(HOUR, numbers(0, 24));
        vocabularies.put(WEEKDAY, numbers(1, 8));
    }

    /** The vocabulary under a name; empty if nothing has that name. */
    Vocabulary of(String name) {
        return vocabularies.getOrDefault(name, new Vocabulary(List.of()));
    }

    private void count(Table table) {
        table.columns().forEach((name, column) -> {
            for (int row = 0; row < table.size(); row++) {
                count(name, column, row);
            }
        });
    }

    private void count(String name, Column column, int row) {
        if (column instanceof CategoryColumn categories && categories.present(row)) {
            count(name, categories.value(categories.code(row)), 1);
        } else if (column instanceof CategoryListColumn lists) {
            for (int i = 0; i < lists.count(row); i++) {
                count(name, lists.value(lists.code(row, i)), 1);
            }
        }
    }

    private void count(String name, Codes codes) {
        int[] occurrences = new int[codes.values().length];
        for (int code : codes.codes()) {
            if (code >= 0) {
                occurrences[code]++;
            }
        }
        for (int code = 0; code < occurrences.length; code++) {
            count(name, codes.values()[code], occurrences[code]);
        }
    }

    private void count(String name, String text, int times) {
        counts.computeIfAbsent(name, n -> new HashMap<>()).merge(text, times, Integer::sum);
    }

    private static Vocabulary mostFrequent(Map<String, Integer> texts) {
        return new Vocabulary(texts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST)
                .map(Map.Entry::getKey)
                .toList());
    }

    private static Vocabulary numbers(int from, int to) {
        return new Vocabulary(
                IntStream.range(from, to).mapToObj(Integer::toString).toList());
    }
}
