package dev.funnel.inference.feature;

import dev.funnel.bundle.FloatMatrix;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is worked out once for the items a bundle holds, however its table changes afterwards: norms of tables, and the vocabulary's row of
 * each of a column's codes. Safe for several threads.
 */
final class StoredLookups {
    private final FeatureStore store;
    private final Map<String, float[]> norms = new ConcurrentHashMap<>();
    private final Map<RowsOf, int[]> rows = new ConcurrentHashMap<>();

    private record RowsOf(String table, String column) {}

    StoredLookups(FeatureStore store) {
        this.store = store;
    }

    /** Euclidean norm of every row of a table. */
    float[] norms(String table) {
        FloatMatrix matrix = Objects.requireNonNull(store.tables().get(table));
        return norms.computeIfAbsent(table, name -> VectorRows.of(matrix).norms());
    }

    /** The row in a table, or {@link Vocabulary#UNKNOWN}, of every code that the stored column has. */
    int[] rows(String table, String column) {
        Vocabulary vocabulary = Objects.requireNonNull(store.vocabularies().get(table));
        ItemCodes codes = ItemCodes.of(store.items(), column).orElseThrow();
        return rows.computeIfAbsent(new RowsOf(table, column), key -> vocabulary.rows(codes, 0));
    }
}
