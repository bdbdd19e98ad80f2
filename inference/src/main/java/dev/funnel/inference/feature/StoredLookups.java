package dev.funnel.inference.feature;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.ItemTable;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is worked out once for the items a bundle holds, however its table changes afterwards: norms of tables, copies of small ones, the
 * row of each of a column's codes and of each item's id, and their keys in crosses. Safe for several threads.
 */
final class StoredLookups {
    private static final String IDS = "";

    private final FeatureStore store;
    private final Map<String, float[]> norms = new ConcurrentHashMap<>();
    private final Map<String, VectorRows> vectors = new ConcurrentHashMap<>();
    private final Map<RowsOf, int[]> rows = new ConcurrentHashMap<>();
    private final Map<String, long[]> keys = new ConcurrentHashMap<>();

    private record RowsOf(String table, String column) {}

    StoredLookups(FeatureStore store) {
        this.store = store;
    }

    /** Euclidean norm of every row of a table. */
    float[] norms(String table) {
        FloatMatrix matrix = Objects.requireNonNull(store.tables().get(table));
        return norms.computeIfAbsent(table, name -> VectorRows.of(matrix).norms());
    }

    /** The rows of a table, small ones near at hand. */
    VectorRows vectors(String table, FloatMatrix matrix) {
        return vectors.computeIfAbsent(table, name -> VectorRows.near(matrix));
    }

    /** The row in a table, or {@link Vocabulary#UNKNOWN}, of every code that the stored column has. */
    int[] rows(String table, TextRows texts, String column) {
        return rows.computeIfAbsent(new RowsOf(table, column), key -> texts.rows(codes(column), 0));
    }

    /** The row in a table, or {@link Vocabulary#UNKNOWN}, of every stored item's id. */
    int[] rowsOfIds(String table, TextRows texts) {
        return rows.computeIfAbsent(new RowsOf(table, IDS), key -> {
            int[] rowOfItem = new int[store.items().storedSize()];
            Arrays.setAll(rowOfItem, item -> texts.row(store.items().id(item)));
            return rowOfItem;
        });
    }

    /** The key of every code that the stored column has. */
    long[] keys(String column) {
        return keys.computeIfAbsent(column, name -> ItemKeys.of(codes(name), 0));
    }

    /** The key of every stored item's id. */
    long[] keysOfIds() {
        return keys.computeIfAbsent(IDS, name -> {
            ItemTable items = store.items();
            long[] keyOfItem = new long[items.storedSize()];
            Arrays.setAll(keyOfItem, item -> TextHash.of(items.id(item)));
            return keyOfItem;
        });
    }

    private ItemCodes codes(String column) {
        return ItemCodes.of(store.items(), column).orElseThrow();
    }
}
