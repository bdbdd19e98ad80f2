package dev.funnel.inference.feature;

import dev.funnel.bundle.schema.Feature;
import dev.funnel.bundle.schema.InvalidSchemaException;
import dev.funnel.bundle.schema.Reading;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Compiles category and bag features into what reads the rows of their table. */
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
    RowsReader ofRequest(Feature feature, String table) {
        String of = Objects.requireNonNullElse(feature.of(), "");
        if (feature.from() == Reading.HISTORY_ITEMS) {
            int stored = store.items().storedSize();
            return request -> known(Arrays.stream(request.recent().items()).filter(item -> item < stored));
        }
        Vocabulary vocabulary = vocabulary(feature, table);
        return switch (feature.from()) {
            case PROFILE ->
                request -> rows(vocabulary, request.input().profile().get(of));
            case CONTEXT ->
                request -> rows(vocabulary, request.input().context().get(of));
            case HOUR_OF_DAY -> request -> row(vocabulary, RequestReaders.hourOfDay(request.input()));
            case DAY_OF_WEEK -> request -> row(vocabulary, RequestReaders.dayOfWeek(request.input()));
            case HISTORY_COLUMN -> {
                ItemRows.OfColumn rows = column(feature, table, of);
                yield request -> rows(rows, request.recent().items());
            }
            case HISTORY_ITEMS,
                    HISTORY_COUNT,
                    HISTORY_MEAN,
                    HISTORY_VECTOR,
                    HISTORY_WATCHED_SHARE,
                    EXAMPLE_AGE,
                    ID,
                    COLUMN,
                    VECTOR,
                    STATISTIC,
                    AGE,
                    RECENT_SHARE,
                    SINCE_LAST,
                    WATCHED_SHARE,
                    MATCH,
                    COSINE,
                    DOT,
                    UNCLICKED,
                    SCORE,
                    NOMINATED,
                    NOMINATIONS,
                    POSITION ->
                throw new IllegalStateException(feature.from() + " is no bag of a request; the schema's rules say so");
        };
    }

    /** Of a feature of the item alone. */
    ItemRows ofItem(Feature feature, String table) {
        return feature.from() == Reading.ID
                ? new ItemRows.Own(store.items().storedSize())
                : column(feature, table, Objects.requireNonNullElse(feature.of(), ""));
    }

    private Vocabulary vocabulary(Feature feature, String table) {
        Vocabulary vocabulary = store.vocabularies().get(table);
        if (vocabulary == null) {
            throw new InvalidSchemaException(
                    RequestPlan.place(feature.name()), table, "must name a table that has a vocabulary");
        }
        return vocabulary;
    }

    private ItemRows.OfColumn column(Feature feature, String table, String name) {
        Vocabulary vocabulary = vocabulary(feature, table);
        ItemCodes codes = plan.codes(feature.name(), name);
        int[] stored = lookups.rows(table, name);
        return new ItemRows.OfColumn(codes, stored, vocabulary.rows(codes, stored.length));
    }

    private static int[] row(Vocabulary vocabulary, int number) {
        return known(IntStream.of(vocabulary.row(Integer.toString(number))));
    }

    private static int[] rows(Vocabulary vocabulary, @Nullable FeatureValue value) {
        return switch (value) {
            case null -> new int[0];
            case FeatureValue.Number number -> new int[0];
            case FeatureValue.Text text -> known(IntStream.of(vocabulary.row(text.value())));
            case FeatureValue.Texts texts -> known(texts.values().stream().mapToInt(vocabulary::row));
        };
    }

    private static int[] rows(ItemRows.OfColumn column, int[] items) {
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

    private static int[] known(IntStream rows) {
        return rows.filter(row -> row != Vocabulary.UNKNOWN).toArray();
    }
}
