package dev.funnel.retrieval.cold;

import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.CategoryColumn;
import dev.funnel.bundle.CategoryListColumn;
import dev.funnel.bundle.Column;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.NumberColumn;
import dev.funnel.bundle.StringVector;
import dev.funnel.bundle.TensorFile;
import dev.funnel.bundle.TensorFileWriter;
import dev.funnel.bundle.TextColumn;
import dev.funnel.bundle.TimeColumn;
import dev.funnel.retrieval.ItemVectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Items, and users, as vectors of features: what an item is, whoever watched it.
 *
 * <p>Each column is a block. Categories, lists and the tokens of texts are multi-hot: each of an item's n values counts
 * rarity / sqrt(n), so that a block is no longer than 1; the rarity of a feature that df of N items have is ln(1 + N/df) / ln(1 + N). A
 * number is (x - mean) / (3 deviations), within [-1, 1]. The most frequent features have a dimension each; if there are more
 * features than dimensions, the others share the last quarter, each added with a sign of its own so that chance meetings
 * cancel out (Weinberger et al. 2009, <i>Feature Hashing for Large Scale Multitask Learning</i>).
 */
public final class ContentSpace {

    private static final int MOST_TOKENS = 32;
    private static final int DEVIATIONS = 3;

    private final List<String> columns;
    private final Map<String, Integer> own;
    private final float[] rarity;
    private final List<String> numbers;
    private final float[] scales;
    private final int hashed;

    private ContentSpace(
            List<String> columns,
            Map<String, Integer> own,
            float[] rarity,
            List<String> numbers,
            float[] scales,
            int hashed) {
        this.columns = columns;
        this.own = own;
        this.rarity = rarity;
        this.numbers = numbers;
        this.scales = scales;
        this.hashed = hashed;
    }

    /**
     * The space of a table's features.
     *
     * @param columns which columns count; those that the table does not have, and times, are left out
     * @param most dimensions at most, at least 8
     * @param byRarity false: all features count alike
     */
    public static ContentSpace fit(ItemTable items, List<String> columns, int most, boolean byRarity) {
        List<String> texts = columns.stream()
                .filter(name -> items.column(name) != null
                        && !(items.column(name) instanceof NumberColumn || items.column(name) instanceof TimeColumn))
                .toList();
        List<String> numbers = columns.stream()
                .filter(name -> items.column(name) instanceof NumberColumn)
                .limit(most / 2)
                .toList();
        Map<String, Integer> counts = new HashMap<>();
        for (int item = 0; item < items.size(); item++) {
            for (String column : texts) {
                features(items, column, item).forEach(feature -> counts.merge(feature, 1, Integer::sum));
            }
        }
        int room = most - numbers.size();
        int hashed = counts.size() > room ? room / 4 : 0;
        Map<String, Integer> own = new HashMap<>();
        float[] rarity = new float[Math.min(counts.size(), room - hashed)];
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(rarity.length)
                .forEach(entry -> {
                    double of = Math.log1p((double) items.size() / entry.getValue()) / Math.log1p(items.size());
                    rarity[own.size()] = byRarity ? (float) of : 1;
                    own.put(entry.getKey(), own.size());
                });
        return new ContentSpace(texts, own, rarity, numbers, scales(items, numbers), hashed);
    }

    /** By number: its mean, and what a difference from it is multiplied by. */
    private static float[] scales(ItemTable items, List<String> numbers) {
        float[] scales = new float[2 * numbers.size()];
        for (int n = 0; n < numbers.size(); n++) {
            NumberColumn column = items.number(numbers.get(n));
            double sum = 0;
            double squares = 0;
            int count = 0;
            for (int item = 0; column != null && item < items.size(); item++) {
                if (column.present(item)) {
                    sum += column.value(item);
                    squares += (double) column.value(item) * column.value(item);
                    count++;
                }
            }
            double mean = sum / Math.max(1, count);
            double deviation = Math.sqrt(Math.max(0, squares / Math.max(1, count) - mean * mean));
            scales[2 * n] = (float) mean;
            scales[2 * n + 1] = deviation > 0 ? (float) (1 / (DEVIATIONS * deviation)) : 0;
        }
        return scales;
    }

    /** The space in a generator's tensors. */
    public static ContentSpace read(TensorFile file) throws BundleRefusedException {
        List<String> features = texts(file, "content_features");
        Map<String, Integer> own = new HashMap<>();
        features.forEach(feature -> own.put(feature, own.size()));
        List<String> numbers = texts(file, "content_numbers");
        return new ContentSpace(
                texts(file, "content_columns"),
                own,
                Arrays.copyOf(
                        file.floats("content_rarity", features.size() + 1, 1).toArray(), features.size()),
                numbers,
                file.floats("content_scales", numbers.size() + 1, 2).toArray(),
                file.ints("content_hashed", 1).get(0));
    }

    private static List<String> texts(TensorFile file, String prefix) throws BundleRefusedException {
        StringVector vector = StringVector.read(file, prefix);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < vector.size(); i++) {
            texts.add(vector.value(i));
        }
        return List.copyOf(texts);
    }

    /** Adds itself to a generator's tensors; numbers have a row of zeros more, since a tensor has at least one row. */
    public void addTo(TensorFileWriter writer) {
        String[] features = new String[own.size()];
        own.forEach((feature, dimension) -> features[dimension] = feature);
        writer.addStrings("content_columns", columns.toArray(String[]::new))
                .addStrings("content_features", features)
                .add("content_rarity", Arrays.copyOf(rarity, rarity.length + 1), rarity.length + 1, 1)
                .addStrings("content_numbers", numbers.toArray(String[]::new))
                .add("content_scales", Arrays.copyOf(scales, scales.length + 2), numbers.size() + 1, 2)
                .add("content_hashed", new int[] {hashed});
    }

    /** Length of the vectors, at least 1. */
    public int dimensions() {
        return Math.max(1, own.size() + hashed + numbers.size());
    }

    /** The vector of a row of any item table. */
    public float[] vector(ItemTable items, int item) {
        float[] vector = new float[dimensions()];
        for (String column : columns) {
            addBlock(features(items, column, item), vector);
        }
        for (int n = 0; n < numbers.size(); n++) {
            NumberColumn column = items.number(numbers.get(n));
            if (column != null && column.present(item)) {
                float scaled = (column.value(item) - scales[2 * n]) * scales[2 * n + 1];
                vector[own.size() + hashed + n] = Math.clamp(scaled, -1, 1);
            }
        }
        return vector;
    }

    /** All vectors of a table, one row an item. */
    public FloatMatrix vectors(ItemTable items) {
        int dimensions = dimensions();
        float[] flat = new float[Math.multiplyExact(items.size(), dimensions)];
        for (int item = 0; item < items.size(); item++) {
            System.arraycopy(vector(items, item), 0, flat, item * dimensions, dimensions);
        }
        return FloatMatrix.of(flat, items.size(), dimensions);
    }

    /** The vector of a profile whose columns are named as those of items: someone's language is that of items. */
    public float[] vector(Profile profile) {
        float[] vector = new float[dimensions()];
        for (String column : columns) {
            Set<String> features = new LinkedHashSet<>();
            profile.texts().getOrDefault(column, List.of()).forEach(value -> features.add(column + "=" + value));
            features.retainAll(own.keySet());
            addBlock(features, vector);
        }
        return vector;
    }

    /** The mean vector of a history, each item by its weight. */
    public static float[] mean(FloatMatrix vectors, int[] items, float[] weights) {
        return mean(vectors::copyRow, vectors.columns(), items, weights);
    }

    /** The same of vectors of so many dimensions, wherever they are kept. */
    public static float[] mean(ItemVectors vectors, int dimensions, int[] items, float[] weights) {
        float[] mean = new float[dimensions];
        float[] one = new float[mean.length];
        double sum = 0;
        for (float weight : weights) {
            sum += weight;
        }
        for (int i = 0; i < items.length; i++) {
            vectors.copyRow(items[i], one, 0);
            for (int d = 0; d < mean.length; d++) {
                mean[d] += (float) (one[d] * weights[i] / sum);
            }
        }
        return mean;
    }

    private void addBlock(Set<String> features, float[] vector) {
        float each = (float) (1 / Math.sqrt(features.size()));
        for (String feature : features) {
            Integer dimension = own.get(feature);
            if (dimension != null) {
                vector[dimension] += each * rarity[dimension];
            } else if (hashed > 0) {
                int hash = scattered(feature.hashCode());
                vector[own.size() + Math.floorMod(hash >>> 1, hashed)] += (hash & 1) == 0 ? each : -each;
            }
        }
    }

    /** MurmurHash3's finaliser: {@link String#hashCode} of names that differ at the end differs in its low bits only. */
    private static int scattered(int hash) {
        int mixed = (hash ^ hash >>> 16) * 0x85ebca6b;
        mixed = (mixed ^ mixed >>> 13) * 0xc2b2ae35;
        return mixed ^ mixed >>> 16;
    }

    private static Set<String> features(ItemTable items, String name, int item) {
        Set<String> features = new LinkedHashSet<>();
        Column column = items.column(name);
        switch (column) {
            case CategoryColumn category
            when category.code(item) >= 0 -> features.add(name + "=" + category.value(category.code(item)));
            case CategoryListColumn list -> {
                for (int i = 0; i < list.count(item); i++) {
                    features.add(name + "=" + list.value(list.code(item, i)));
                }
            }
            case TextColumn text -> tokens(text.value(item)).forEach(token -> features.add(name + "=" + token));
            case null, default -> {}
        }
        return features;
    }

    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        for (String token : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
            if (!token.isEmpty() && tokens.size() < MOST_TOKENS) {
                tokens.add(token);
            }
        }
        return tokens;
    }
}
