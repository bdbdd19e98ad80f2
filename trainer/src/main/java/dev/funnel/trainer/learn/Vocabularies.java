package dev.funnel.trainer.learn;

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
 * The texts that occur under a name, e.g. in the columns of that name of items, users and the log. One vocabulary a name, most
 * frequent first, at most {@value #MOST} texts; the rest is out of vocabulary.
 */
public final class Vocabularies {
    private static final String HOUR = "hour_of_day";
    private static final String WEEKDAY = "day_of_week";

    private static final int MOST = 100_000;

    private final Map<String, Vocabulary> vocabularies = new HashMap<>();

    private Vocabularies(Counting counted) {
        counted.counts.forEach((name, texts) -> vocabularies.put(name, mostFrequent(texts)));
        vocabularies.put(HOUR, numbers(0, 24));
        vocabularies.put(WEEKDAY, numbers(1, 8));
    }

    /** The vocabulary under a name; empty if nothing has that name. */
    public Vocabulary of(String name) {
        return vocabularies.getOrDefault(name, new Vocabulary(List.of()));
    }

    /** Names of those that have texts, in order. */
    public List<String> names() {
        return vocabularies.entrySet().stream()
                .filter(named -> named.getValue().size() > 0)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** Counts texts. */
    public static final class Counting {
        private final Map<String, Map<String, Integer>> counts = new HashMap<>();

        /** Counts every column of categories under its name. */
        public Counting table(Table table) {
            table.columns().forEach((name, column) -> {
                for (int row = 0; row < table.size(); row++) {
                    count(name, column, row);
                }
            });
            return this;
        }

        private void count(String name, Column column, int row) {
            if (column instanceof CategoryColumn categories && categories.present(row)) {
                text(name, categories.value(categories.code(row)), 1);
            } else if (column instanceof CategoryListColumn lists) {
                for (int i = 0; i < lists.count(row); i++) {
                    text(name, lists.value(lists.code(row, i)), 1);
                }
            }
        }

        /** Counts a column of the log. */
        public Counting codes(String name, Codes codes) {
            int[] occurrences = new int[codes.values().length];
            for (int code : codes.codes()) {
                if (code >= 0) {
                    occurrences[code]++;
                }
            }
            for (int code = 0; code < occurrences.length; code++) {
                text(name, codes.values()[code], occurrences[code]);
            }
            return this;
        }

        /** Counts a text. */
        public Counting text(String name, String text, int times) {
            counts.computeIfAbsent(name, n -> new HashMap<>()).merge(text, times, Integer::sum);
            return this;
        }

        public Vocabularies vocabularies() {
            return new Vocabularies(this);
        }
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
