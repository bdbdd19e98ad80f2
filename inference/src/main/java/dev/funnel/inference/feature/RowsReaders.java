package dev.funnel.inference.feature;

import dev.funnel.bundle.schema.Reading;
import dev.funnel.bundle.schema.ReadingFeature;
import dev.funnel.bundle.schema.VectorTable;
import java.util.Arrays;
import java.util.Objects;

/** Compiles what looks rows up in a table, or keys of a cross, into what reads them. */
final class RowsReaders {
    private final FeatureStore store;
    private final RequestPlan plan;
    private final StoredLookups lookups;

    RowsReaders(FeatureStore store, RequestPlan plan, StoredLookups lookups) {
        this.store = store;
        this.plan = plan;
        this.lookups = lookups;
    }

    /** Of a feature that all candidates share. */
    RowsReader ofRequest(ReadingFeature feature, VectorTable table) {
        if (feature.from() == Reading.HISTORY_ITEMS || feature.from() == Reading.HISTORY_COLUMN) {
            ItemRows rows = ofItem(feature, table);
            return request -> known(rows, request.recent().items());
        }
        RequestTexts texts = RequestTexts.of(feature.from(), feature.of());
        TextRows rows = Objects.requireNonNull(store.textRows(table));
        return request -> texts.read(request).stream()
                .mapToInt(rows::row)
                .filter(row -> row != Vocabulary.UNKNOWN)
                .toArray();
    }

    /** Of a feature of the item alone. */
    ItemRows ofItem(ReadingFeature feature, VectorTable table) {
        TextRows texts = store.textRows(table);
        boolean byId = feature.from() == Reading.ID || feature.from() == Reading.HISTORY_ITEMS;
        if (texts == null) {
            return new ItemRows.Own(store.items().storedSize());
        }
        return byId
                ? new ItemRows.OfId(store.items(), texts, lookups.rowsOfIds(table.name(), texts))
                : column(feature, table, texts);
    }

    private ItemRows.OfColumn column(ReadingFeature feature, VectorTable table, TextRows texts) {
        String column = Objects.requireNonNullElse(feature.of(), "");
        ItemCodes codes = plan.codes(feature.name(), column);
        int[] stored = lookups.rows(table.name(), texts, column);
        return new ItemRows.OfColumn(codes, stored, texts.rows(codes, stored.length));
    }

    /** Of a part of a cross that belongs to the item. */
    ItemKeys keys(String feature, Reading from, String column) {
        if (from == Reading.ID) {
            return new ItemKeys.Own(store.items(), lookups.keysOfIds());
        }
        ItemCodes codes = plan.codes(feature, column);
        long[] stored = lookups.keys(column);
        return new ItemKeys.OfColumn(codes, stored, ItemKeys.of(codes, stored.length));
    }

    private static int[] known(ItemRows column, int[] items) {
        int most = 0;
        for (int item : items) {
            most += column.count(item);
        }
        int[] rows = new int[most];
        int size = 0;
        for (int item : items) {
            for (int i = 0; i < column.count(item); i++) {
                int row = column.row(item, i);
                if (row != Vocabulary.UNKNOWN) {
                    rows[size++] = row;
                }
            }
        }
        return Arrays.copyOf(rows, size);
    }
}
