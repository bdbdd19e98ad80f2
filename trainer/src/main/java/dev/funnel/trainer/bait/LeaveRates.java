package dev.funnel.trainer.bait;

import dev.funnel.bundle.CategoryColumn;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.TextColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of every item that tell click-bait, counted from clicks: how often clicks on the item, on its uploader's items, and on
 * items with the words of its title were left at once. Rates are shrunk towards the mean of all clicks and given as the
 * difference of log-odds from it, so that 0 is like everything else; NaN where nothing is known.
 */
final class LeaveRates {
    static final String ITEM = "left_item";
    static final String UPLOADER = "left_uploader";
    static final String TITLE_MOST = "left_title_most";
    static final String TITLE_MEAN = "left_title_mean";
    static final List<String> NAMES = List.of(ITEM, UPLOADER, TITLE_MOST, TITLE_MEAN);

    private static final double ITEM_PRIOR = 8;
    private static final double UPLOADER_PRIOR = 15;
    private static final double WORD_PRIOR = 40;
    private static final int MOST_WORDS = 32;

    private final ItemTable items;
    private final int[][] words;
    private final int wordCount;

    LeaveRates(ItemTable items) {
        this.items = items;
        this.words = new int[items.size()][];
        Map<String, Integer> numbers = new HashMap<>();
        TextColumn titles = items.text("title");
        for (int item = 0; item < words.length; item++) {
            words[item] = titles == null ? new int[0] : words(titles.value(item), numbers);
        }
        this.wordCount = numbers.size();
    }

    /** The numbers by name, one array entry an item. */
    Map<String, float[]> count(Clicks clicks) {
        double mean = Math.clamp(clicks.share(), 1e-4, 1 - 1e-4);
        Map<String, float[]> numbers = new HashMap<>();
        Tally byItem = new Tally(items.size(), ITEM_PRIOR, mean);
        Tally byWord = new Tally(wordCount, WORD_PRIOR, mean);
        CategoryColumn uploaders = items.category("uploader");
        Tally byUploader = new Tally(uploaders == null ? 0 : uploaders.cardinality(), UPLOADER_PRIOR, mean);
        for (int i = 0; i < clicks.size(); i++) {
            int item = clicks.items()[i];
            byItem.add(item, clicks.left()[i]);
            for (int word : words[item]) {
                byWord.add(word, clicks.left()[i]);
            }
            if (uploaders != null && uploaders.code(item) >= 0) {
                byUploader.add(uploaders.code(item), clicks.left()[i]);
            }
        }
        numbers.put(ITEM, byItem.all());
        numbers.put(UPLOADER, ofUploaders(uploaders, byUploader));
        numbers.put(TITLE_MOST, ofTitles(byWord, true));
        numbers.put(TITLE_MEAN, ofTitles(byWord, false));
        return numbers;
    }

    private float[] ofUploaders(@Nullable CategoryColumn uploaders, Tally tally) {
        float[] numbers = new float[items.size()];
        for (int item = 0; item < numbers.length; item++) {
            int code = uploaders == null ? -1 : uploaders.code(item);
            numbers[item] = code < 0 ? Float.NaN : tally.of(code);
        }
        return numbers;
    }

    private float[] ofTitles(Tally tally, boolean most) {
        float[] numbers = new float[items.size()];
        for (int item = 0; item < numbers.length; item++) {
            double sum = 0;
            double max = Double.NEGATIVE_INFINITY;
            int known = 0;
            for (int word : words[item]) {
                float odds = tally.of(word);
                if (!Float.isNaN(odds)) {
                    sum += odds;
                    max = Math.max(max, odds);
                    known++;
                }
            }
            numbers[item] = known == 0 ? Float.NaN : (float) (most ? max : sum / known);
        }
        return numbers;
    }

    /** The different words of a title, digits left out, numbered as they are met. */
    private static int[] words(String title, Map<String, Integer> numbers) {
        Set<Integer> words = new TreeSet<>();
        List<String> parts =
                new ArrayList<>(List.of(title.toLowerCase(Locale.ROOT).split("[^\\p{L}]+")));
        parts.removeIf(String::isEmpty);
        parts.stream().limit(MOST_WORDS).forEach(word -> {
            numbers.putIfAbsent(word, numbers.size());
            words.add(numbers.getOrDefault(word, 0));
        });
        return words.stream().mapToInt(Integer::intValue).toArray();
    }

    /** How often clicks were left at once, by key. */
    private static final class Tally {
        private final int[] clicks;
        private final int[] left;
        private final double prior;
        private final double mean;

        Tally(int keys, double prior, double mean) {
            this.clicks = new int[keys];
            this.left = new int[keys];
            this.prior = prior;
            this.mean = mean;
        }

        void add(int key, boolean leftAtOnce) {
            clicks[key]++;
            left[key] += leftAtOnce ? 1 : 0;
        }

        float of(int key) {
            double rate = (left[key] + prior * mean) / (clicks[key] + prior);
            return clicks[key] == 0 ? Float.NaN : (float) (logit(rate) - logit(mean));
        }

        float[] all() {
            float[] numbers = new float[clicks.length];
            for (int key = 0; key < numbers.length; key++) {
                numbers[key] = of(key);
            }
            return numbers;
        }

        private static double logit(double probability) {
            return Math.log(probability / (1 - probability));
        }
    }
}
