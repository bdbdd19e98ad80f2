package dev.funnel.inference.feature;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.schema.VectorTable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What features are looked up in and scaled with.
 *
 * @param items the item table
 * @param tables matrix of each of the schema's tables that has a width, by table name
 * @param vocabularies of the tables with keys TEXT, by table name
 * @param scales of the number features that are scaled, by feature name
 * @param statistics by name: one number an item, NaN where there is none
 */
public record FeatureStore(
        ItemTable items,
        Map<String, FloatMatrix> tables,
        Map<String, Vocabulary> vocabularies,
        Map<String, NumberScale> scales,
        Map<String, float[]> statistics) {
    public FeatureStore {
        tables = Map.copyOf(tables);
        vocabularies = Map.copyOf(vocabularies);
        scales = Map.copyOf(scales);
        statistics = Map.copyOf(statistics);
    }

    /** Which row of a table a text has; null if the table has rows by item, or lacks its vocabulary. */
    @Nullable
    TextRows textRows(VectorTable table) {
        return switch (table.keys()) {
            case ITEM -> null;
            case TEXT -> vocabularies.get(table.name());
            case HASH -> new HashedTexts(table.buckets());
        };
    }

    /** The same for the items as they are now: what the bundle does not hold of an item is missing. */
    FeatureStore over(ItemTable now) {
        return new FeatureStore(now, tables, vocabularies, scales, statistics);
    }
}
