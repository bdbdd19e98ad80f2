package dev.funnel.retrieval.cold;

import dev.funnel.bundle.CategoryColumn;
import dev.funnel.bundle.CategoryListColumn;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.ItemTest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Vectors for items that nothing was fitted on: the average of the fitted items of their uploader, or of their categories. */
public final class ItemAverages {

    private static final String UPLOADER = "uploader";
    private static final String CATEGORIES = "categories";

    private final Map<String, float[]> byUploader;
    private final Map<String, float[]> byCategory;

    private ItemAverages(Map<String, float[]> byUploader, Map<String, float[]> byCategory) {
        this.byUploader = byUploader;
        this.byCategory = byCategory;
    }

    /**
     * Averages over the items that pass.
     *
     * @param vectors one row an item of the table
     * @param fitted passes the items whose vectors were fitted
     */
    public static ItemAverages of(ItemTable items, FloatMatrix vectors, ItemTest fitted) {
        Map<String, float[]> uploaders = new HashMap<>();
        Map<String, float[]> categories = new HashMap<>();
        Map<String, Integer> counts = new HashMap<>();
        CategoryColumn uploader = items.category(UPLOADER);
        CategoryListColumn lists = items.categoryList(CATEGORIES);
        float[] vector = new float[vectors.columns()];
        for (int item = 0; item < vectors.rows(); item++) {
            if (fitted.test(item)) {
                vectors.copyRow(item, vector, 0);
                if (uploader != null && uploader.code(item) >= 0) {
                    add(uploaders, counts, "u", uploader.value(uploader.code(item)), vector);
                }
                for (int i = 0; lists != null && i < lists.count(item); i++) {
                    add(categories, counts, "c", lists.value(lists.code(item, i)), vector);
                }
            }
        }
        uploaders.forEach((key, sum) -> scale(sum, 1f / counts.getOrDefault("u" + key, 1)));
        categories.forEach((key, sum) -> scale(sum, 1f / counts.getOrDefault("c" + key, 1)));
        return new ItemAverages(uploaders, categories);
    }

    /** The average of the uploader of an item of any table; empty if nothing of that uploader was fitted. */
    public Optional<float[]> ofUploader(ItemTable items, int item) {
        CategoryColumn uploader = items.category(UPLOADER);
        return uploader == null || uploader.code(item) < 0
                ? Optional.empty()
                : Optional.ofNullable(byUploader.get(uploader.value(uploader.code(item))));
    }

    /** The average of the averages of its categories; empty if nothing of any of them was fitted. */
    public Optional<float[]> ofCategories(ItemTable items, int item) {
        CategoryListColumn lists = items.categoryList(CATEGORIES);
        float[] sum = null;
        int known = 0;
        for (int i = 0; lists != null && i < lists.count(item); i++) {
            float[] average = byCategory.get(lists.value(lists.code(item, i)));
            if (average != null) {
                sum = sum == null ? new float[average.length] : sum;
                plus(sum, average);
                known++;
            }
        }
        if (sum != null) {
            scale(sum, 1f / known);
        }
        return Optional.ofNullable(sum);
    }

    private static void add(
            Map<String, float[]> sums, Map<String, Integer> counts, String of, String key, float[] vector) {
        plus(sums.computeIfAbsent(key, each -> new float[vector.length]), vector);
        counts.merge(of + key, 1, Integer::sum);
    }

    private static void plus(float[] sum, float[] vector) {
        for (int d = 0; d < sum.length; d++) {
            sum[d] += vector[d];
        }
    }

    private static void scale(float[] vector, float factor) {
        for (int d = 0; d < vector.length; d++) {
            vector[d] *= factor;
        }
    }
}
