package dev.funnel.inference.feature;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.NumberColumn;
import dev.funnel.bundle.schema.InvalidSchemaException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What has to be worked out once a request; features that are being compiled ask for slots of it. */
final class RequestPlan {
    private static final String DURATION = "duration_seconds";
    private static final int OTHER_VALUE = -1;

    private final FeatureStore store;
    private final int recentWatches;
    private final @Nullable NumberColumn durations;
    private final List<String> columns = new ArrayList<>();
    private final List<ItemCodes> summarized = new ArrayList<>();
    private final List<String> tables = new ArrayList<>();
    private final List<VectorRows> averaged = new ArrayList<>();
    private final List<String> matched = new ArrayList<>();
    private final List<ItemCodes> matchedCodes = new ArrayList<>();
    private final List<String> generators = new ArrayList<>();

    RequestPlan(FeatureStore store, int recentWatches) {
        this.store = store;
        this.recentWatches = recentWatches;
        this.durations = store.items().number(DURATION);
    }

    /** Slot of {@link Request#summary}. */
    int summary(String feature, String column) {
        if (!columns.contains(column)) {
            summarized.add(codes(feature, column));
            columns.add(column);
        }
        return columns.indexOf(column);
    }

    /** Slot of {@link Request#mean}. */
    int mean(String feature, String table) {
        if (!tables.contains(table)) {
            averaged.add(VectorRows.of(matrix(feature, table)));
            tables.add(table);
        }
        return tables.indexOf(table);
    }

    /** Slot of {@link Request#matches}. */
    int match(String feature, String column) {
        if (!matched.contains(column)) {
            matchedCodes.add(codes(feature, column));
            matched.add(column);
        }
        return matched.indexOf(column);
    }

    /** Slot of {@link Request#signals}. */
    int generator(String name) {
        if (!generators.contains(name)) {
            generators.add(name);
        }
        return generators.indexOf(name);
    }

    /** That column of the item table, which must hold categories. */
    ItemCodes codes(String feature, String column) {
        return ItemCodes.of(store.items(), column)
                .orElseThrow(() -> new InvalidSchemaException(
                        place(feature), column, "must name a category or list column of the item table"));
    }

    /** The matrix of that table. */
    FloatMatrix matrix(String feature, String table) {
        FloatMatrix matrix = store.tables().get(table);
        if (matrix == null) {
            throw new InvalidSchemaException(place(feature), table, "must name a table that has a matrix");
        }
        return matrix;
    }

    static String place(String feature) {
        return "feature \"" + feature + "\"";
    }

    Request open(RankingInput input) {
        RecentWatches recent =
                RecentWatches.of(input.history(), recentWatches, store.items().size(), durations);
        return new Request(
                input,
                recent,
                summarized.stream()
                        .map(column -> ValueSummary.of(column, recent))
                        .toArray(ValueSummary[]::new),
                averaged.stream()
                        .map(rows -> rows.mean(recent.items(), recent.weights()))
                        .toArray(float[][]::new),
                matches(input),
                signals(input),
                unclicked(input.unclicked()));
    }

    private int[][] matches(RankingInput input) {
        int[][] codes = new int[matched.size()][];
        for (int slot = 0; slot < codes.length; slot++) {
            FeatureValue value = input.context().get(matched.get(slot));
            FeatureValue known = value == null ? input.profile().get(matched.get(slot)) : value;
            codes[slot] = codesOf(matchedCodes.get(slot), known);
        }
        return codes;
    }

    private static int[] codesOf(ItemCodes column, @Nullable FeatureValue value) {
        return switch (value) {
            case null -> new int[0];
            case FeatureValue.Number number -> new int[0];
            case FeatureValue.Text text -> new int[] {codeOf(column, text.value())};
            case FeatureValue.Texts texts ->
                texts.values().stream().mapToInt(text -> codeOf(column, text)).toArray();
        };
    }

    private static int codeOf(ItemCodes column, String text) {
        int code = column.codeOf(text);
        return code < 0 ? OTHER_VALUE : code;
    }

    private @Nullable GeneratorSignals[] signals(RankingInput input) {
        @Nullable GeneratorSignals[] signals = new GeneratorSignals[generators.size()];
        for (GeneratorSignals of : input.generators()) {
            int slot = generators.indexOf(of.generator());
            if (slot >= 0) {
                signals[slot] = of;
            }
        }
        return signals;
    }

    private static Map<Integer, Integer> unclicked(@Nullable Unclicked unclicked) {
        if (unclicked == null || unclicked.items().length == 0) {
            return Map.of();
        }
        Map<Integer, Integer> counts = new HashMap<>();
        for (int i = 0; i < unclicked.items().length; i++) {
            counts.merge(unclicked.items()[i], unclicked.counts()[i], Integer::sum);
        }
        return counts;
    }
}
