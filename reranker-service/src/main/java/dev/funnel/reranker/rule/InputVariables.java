package dev.funnel.reranker.rule;

import dev.funnel.bundle.CategoryColumn;
import dev.funnel.bundle.CategoryListColumn;
import dev.funnel.bundle.Column;
import dev.funnel.bundle.ColumnKind;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.NumberColumn;
import dev.funnel.bundle.TextColumn;
import dev.funnel.bundle.TimeColumn;
import dev.funnel.reranker.expression.Variables;
import dev.funnel.runtime.wire.FeatureValue;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The variables of expressions in one request. Missing values: an empty text, an empty list, NaN, the year 1970. For one
 * thread: the map of head values is filled anew for each candidate.
 */
final class InputVariables implements Variables {
    private static final String ITEM = "item.";

    private final RerankInput input;
    private final float[] scores;
    private final Map<String, Column> columns;
    private final Map<String, Object> constants = new HashMap<>();

    /**
     * @param scores what {@code score} means, by position
     */
    InputVariables(RerankInput input, float[] scores) {
        this.input = input;
        this.scores = scores;
        this.columns = input.snapshot().items().columns();
        constants.put("query.user_id", input.query().userId());
        constants.put("query.seed_item_id", input.query().seedItemId());
        constants.put("query.country", input.query().context().country());
        constants.put("query.language", input.query().context().language());
        constants.put("query.device", input.query().context().device().name().toLowerCase(Locale.ROOT));
        constants.put("query.time", Instant.ofEpochMilli(input.timeMillis()));
        constants.put("query.extra", values(input.query().context().extra()));
        constants.put("user.known", input.user().known());
        constants.put("user.profile", values(input.user().profile()));
        constants.put("user.followed_uploaders", input.user().followedUploaders());
    }

    @Override
    public Object value(String name, int position) {
        Object constant = constants.get(name);
        if (constant != null) {
            return constant;
        }
        return switch (name) {
            case "score" -> (double) scores[position];
            case "scores" -> heads(position);
            case "click_bait" -> (double) input.clickBait(position);
            case "item.id" -> input.pool().id(position);
            case "item.age_seconds" -> ageSeconds(position);
            default -> cell(name.substring(ITEM.length()), input.item(position));
        };
    }

    private Object cell(String name, int item) {
        Column column = columns.get(name);
        return column == null ? missing(ItemTable.STANDARD.get(name)) : cell(column, item);
    }

    /** The value of a standard column that this catalogue came without. */
    private static Object missing(@Nullable ColumnKind kind) {
        return switch (kind) {
            case NUMBER -> Double.NaN;
            case CATEGORY_LIST -> List.of();
            case TIME -> Instant.EPOCH;
            case TEXT, CATEGORY -> "";
            case null -> throw new IllegalStateException("an expression names a column that the table does not have");
        };
    }

    private double ageSeconds(int position) {
        long published = input.facts().publishedAtMillis(input.item(position));
        return published == TimeColumn.MISSING ? Double.NaN : (input.timeMillis() - published) / 1000.0;
    }

    private Map<String, Double> heads(int position) {
        Map<String, Double> values = HashMap.newHashMap(input.heads().size());
        input.heads().forEach((head, column) -> values.put(head, (double) column[position]));
        return values;
    }

    private static Object cell(Column column, int item) {
        return switch (column) {
            case NumberColumn numbers -> numbers.present(item) ? (double) numbers.value(item) : Double.NaN;
            case CategoryColumn categories -> categories.code(item) < 0 ? "" : categories.value(categories.code(item));
            case CategoryListColumn lists ->
                IntStream.range(0, lists.count(item))
                        .mapToObj(i -> lists.value(lists.code(item, i)))
                        .toList();
            case TimeColumn times ->
                Instant.ofEpochMilli(times.millis(item) == TimeColumn.MISSING ? 0 : times.millis(item));
            case TextColumn texts -> texts.value(item);
        };
    }

    private static Map<String, Object> values(Map<String, FeatureValue> features) {
        Map<String, Object> values = HashMap.newHashMap(features.size());
        features.forEach((name, feature) -> {
            switch (feature) {
                case FeatureValue.Text(String text) -> values.put(name, text);
                case FeatureValue.Number(double number) -> values.put(name, number);
                case FeatureValue.Texts(List<String> texts) -> values.put(name, texts);
                case FeatureValue.Missing() -> {}
            }
        });
        return values;
    }
}
