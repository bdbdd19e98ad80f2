package dev.funnel.bundle;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The written form of a predicate in configuration: a map with one key, the test. A constant operand is written as itself, an instant as
 * {@code {time: "2026-01-31T00:00:00Z"}}, a field of the query as {@code {query: language}}.
 */
final class PredicateForm {
    private static final Set<String> TESTS = Set.of("all", "any", "not", "equals", "in", "range", "present");

    private int nodes;

    private PredicateForm() {}

    static ItemPredicate read(Object form, String field) {
        ItemPredicate predicate = new PredicateForm().predicate(form, field, 1);
        predicate.check(field);
        return predicate;
    }

    private ItemPredicate predicate(@Nullable Object form, String field, int depth) {
        if (depth > ItemPredicate.MAX_DEPTH || ++nodes > ItemPredicate.MAX_NODES) {
            throw new InvalidPredicateException(
                    field,
                    "level " + depth + ", node " + nodes,
                    "at most " + ItemPredicate.MAX_DEPTH + " levels and " + ItemPredicate.MAX_NODES + " nodes");
        }
        Map<String, @Nullable Object> map = map(form, field);
        if (map.size() != 1) {
            throw wrong(field, map.keySet(), "exactly one of " + sorted(TESTS));
        }
        Map.Entry<String, @Nullable Object> entry = map.entrySet().iterator().next();
        String test = entry.getKey();
        Object body = entry.getValue();
        String inside = field + "." + test;
        return switch (test) {
            case "all" -> new ItemPredicate.All(predicates(body, inside, depth));
            case "any" -> new ItemPredicate.Any(predicates(body, inside, depth));
            case "not" -> new ItemPredicate.Not(predicate(body, inside, depth + 1));
            case "equals" -> equal(map(body, inside, Set.of("column", "value")), inside);
            case "in" -> in(map(body, inside, Set.of("column", "values")), inside);
            case "range" -> range(map(body, inside, Set.of("column", "low", "high")), inside);
            case "present" -> new ItemPredicate.Present(column(map(body, inside, Set.of("column")), inside));
            default -> throw wrong(inside, test, "one of " + sorted(TESTS));
        };
    }

    private List<ItemPredicate> predicates(@Nullable Object form, String field, int depth) {
        List<ItemPredicate> predicates = new ArrayList<>();
        List<?> forms = list(form, field);
        for (int i = 0; i < forms.size(); i++) {
            predicates.add(predicate(forms.get(i), field + "[" + i + "]", depth + 1));
        }
        return predicates;
    }

    private static ItemPredicate equal(Map<String, @Nullable Object> body, String field) {
        return new ItemPredicate.Equal(column(body, field), operand(body.get("value"), field + ".value"));
    }

    private static ItemPredicate in(Map<String, @Nullable Object> body, String field) {
        List<Operand> values = new ArrayList<>();
        List<?> forms = list(body.get("values"), field + ".values");
        for (int i = 0; i < forms.size(); i++) {
            values.add(operand(forms.get(i), field + ".values[" + i + "]"));
        }
        return new ItemPredicate.In(column(body, field), values);
    }

    private static ItemPredicate range(Map<String, @Nullable Object> body, String field) {
        Object low = body.get("low");
        Object high = body.get("high");
        return new ItemPredicate.Range(
                column(body, field),
                low == null ? null : operand(low, field + ".low"),
                high == null ? null : operand(high, field + ".high"));
    }

    private static String column(Map<String, @Nullable Object> body, String field) {
        if (body.get("column") instanceof String column) {
            return column;
        }
        throw wrong(field + ".column", body.get("column"), "the name of a column");
    }

    private static Operand operand(@Nullable Object form, String field) {
        return switch (form) {
            case String text -> new Operand.Text(text);
            case Number number -> new Operand.Number(number.doubleValue());
            case Map<?, ?> map
            when map.size() == 1 && map.get("query") instanceof String name -> queryField(name, field);
            case Map<?, ?> map
            when map.size() == 1 && map.get("time") instanceof String instant -> time(instant, field);
            case null, default ->
                throw wrong(field, form, "a text, a number, {time: <instant>} or {query: <field of the query>}");
        };
    }

    private static QueryField queryField(String name, String field) {
        for (QueryField known : QueryField.values()) {
            if (known.label().equals(name)) {
                return known;
            }
        }
        String labels =
                Arrays.stream(QueryField.values()).map(QueryField::label).collect(Collectors.joining(", "));
        throw wrong(field + ".query", name, "one of " + labels);
    }

    private static Operand time(String instant, String field) {
        try {
            return new Operand.Time(Instant.parse(instant).toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            throw wrong(field + ".time", instant, "an instant like 2026-01-31T00:00:00Z");
        }
    }

    private static Map<String, @Nullable Object> map(@Nullable Object form, String field) {
        if (!(form instanceof Map<?, ?> map)) {
            throw wrong(field, form, "a map");
        }
        Map<String, @Nullable Object> texts = new LinkedHashMap<>();
        map.forEach((key, value) -> texts.put(String.valueOf(key), value));
        return texts;
    }

    private static Map<String, @Nullable Object> map(@Nullable Object form, String field, Set<String> keys) {
        Map<String, @Nullable Object> map = map(form, field);
        for (String key : map.keySet()) {
            if (!keys.contains(key)) {
                throw wrong(field + "." + key, key, "one of " + sorted(keys));
            }
        }
        return map;
    }

    private static List<?> list(@Nullable Object form, String field) {
        if (form instanceof List<?> list) {
            return list;
        }
        throw wrong(field, form, "a list");
    }

    private static InvalidPredicateException wrong(String field, @Nullable Object value, String rule) {
        return new InvalidPredicateException(field, String.valueOf(value), rule);
    }

    private static String sorted(Set<String> names) {
        return names.stream().sorted().collect(Collectors.joining(", "));
    }

    static Map<String, Object> write(ItemPredicate predicate) {
        return switch (predicate) {
            case ItemPredicate.All(List<ItemPredicate> all) ->
                Map.of("all", all.stream().map(PredicateForm::write).toList());
            case ItemPredicate.Any(List<ItemPredicate> any) ->
                Map.of("any", any.stream().map(PredicateForm::write).toList());
            case ItemPredicate.Not(ItemPredicate not) -> Map.of("not", write(not));
            case ItemPredicate.Equal(String column, Operand value) ->
                Map.of("equals", body(column, "value", write(value)));
            case ItemPredicate.In(String column, List<Operand> values) ->
                Map.of(
                        "in",
                        body(
                                column,
                                "values",
                                values.stream().map(PredicateForm::write).toList()));
            case ItemPredicate.Range range -> Map.of("range", write(range));
            case ItemPredicate.Present(String column) -> Map.of("present", Map.of("column", column));
        };
    }

    private static Map<String, Object> write(ItemPredicate.Range range) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("column", range.column());
        if (range.low() != null) {
            body.put("low", write(range.low()));
        }
        if (range.high() != null) {
            body.put("high", write(range.high()));
        }
        return body;
    }

    private static Map<String, Object> body(String column, String key, Object value) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("column", column);
        body.put(key, value);
        return body;
    }

    static Object write(Operand operand) {
        return switch (operand) {
            case Operand.Text(String value) -> value;
            case Operand.Number(double value) -> value;
            case Operand.Time(long millis) ->
                Map.of("time", Instant.ofEpochMilli(millis).toString());
            case QueryField field -> Map.of("query", field.label());
        };
    }
}
