package dev.funnel.bundle;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Turns a predicate into a test on columns: texts become codes, query fields become values, so that a test compares numbers only. Where a
 * value is in no dictionary nothing is left to compare, and the test is a constant.
 */
final class PredicateCompiler {
    private static final String ID = "id";

    private final ItemTable table;
    private final PredicateContext context;

    PredicateCompiler(ItemTable table, PredicateContext context) {
        this.table = table;
        this.context = context;
    }

    /** Values to compare a column with, and the paths of their fields. */
    private record Operands(String column, List<Operand> values, String field, boolean list) {
        String field(int i) {
            return list ? field + "[" + i + "]" : field;
        }
    }

    ItemTest compile(ItemPredicate predicate, String field) {
        return switch (predicate) {
            case ItemPredicate.All all -> all(tests(all.predicates(), field + ".all"));
            case ItemPredicate.Any any -> any(tests(any.predicates(), field + ".any"));
            case ItemPredicate.Not not -> not(compile(not.predicate(), field + ".not"));
            case ItemPredicate.Equal equal ->
                membership(
                        new Operands(equal.column(), List.of(equal.value()), field + ".equals.value", false),
                        field + ".equals.column");
            case ItemPredicate.In in ->
                membership(new Operands(in.column(), in.values(), field + ".in.values", true), field + ".in.column");
            case ItemPredicate.Range range -> range(range, field + ".range");
            case ItemPredicate.Present present -> present(present.column(), field + ".present.column");
        };
    }

    private ItemTest[] tests(List<ItemPredicate> predicates, String field) {
        ItemTest[] tests = new ItemTest[predicates.size()];
        for (int i = 0; i < tests.length; i++) {
            tests[i] = compile(predicates.get(i), field + "[" + i + "]");
        }
        return tests;
    }

    private static ItemTest all(ItemTest[] tests) {
        ItemTest[] needed =
                Arrays.stream(tests).filter(test -> test != ItemTest.ALL).toArray(ItemTest[]::new);
        if (Arrays.asList(needed).contains(ItemTest.NONE)) {
            return ItemTest.NONE;
        }
        return switch (needed.length) {
            case 0 -> ItemTest.ALL;
            case 1 -> needed[0];
            default ->
                item -> {
                    for (ItemTest test : needed) {
                        if (!test.test(item)) {
                            return false;
                        }
                    }
                    return true;
                };
        };
    }

    private static ItemTest any(ItemTest[] tests) {
        ItemTest[] possible =
                Arrays.stream(tests).filter(test -> test != ItemTest.NONE).toArray(ItemTest[]::new);
        if (Arrays.asList(possible).contains(ItemTest.ALL)) {
            return ItemTest.ALL;
        }
        return switch (possible.length) {
            case 0 -> ItemTest.NONE;
            case 1 -> possible[0];
            default ->
                item -> {
                    for (ItemTest test : possible) {
                        if (test.test(item)) {
                            return true;
                        }
                    }
                    return false;
                };
        };
    }

    private static ItemTest not(ItemTest test) {
        if (test == ItemTest.ALL) {
            return ItemTest.NONE;
        }
        return test == ItemTest.NONE ? ItemTest.ALL : item -> !test.test(item);
    }

    private ItemTest present(String name, String field) {
        if (name.equals(ID)) {
            return ItemTest.ALL;
        }
        return valueless(name) ? ItemTest.NONE : column(name, field)::present;
    }

    private ItemTest membership(Operands operands, String columnField) {
        if (operands.column().equals(ID)) {
            int[] items = codes(operands, "the item id", table::indexOf);
            return items.length == 0 ? ItemTest.NONE : item -> Arrays.binarySearch(items, item) >= 0;
        }
        if (valueless(operands.column())) {
            return ItemTest.NONE;
        }
        return switch (column(operands.column(), columnField)) {
            case CategoryColumn column -> category(column, codes(operands, "a category column", column::codeOf));
            case CategoryListColumn column -> list(column, codes(operands, "a category list", column::codeOf));
            case TextColumn column -> text(column, texts(operands, "a text column"));
            case NumberColumn column -> number(column, operands);
            case TimeColumn column -> time(column, operands);
        };
    }

    private static ItemTest category(CategoryColumn column, int[] codes) {
        if (codes.length == 0) {
            return ItemTest.NONE;
        }
        int only = codes[0];
        return codes.length == 1
                ? item -> column.code(item) == only
                : item -> Arrays.binarySearch(codes, column.code(item)) >= 0;
    }

    private static ItemTest list(CategoryListColumn column, int[] codes) {
        if (codes.length == 0) {
            return ItemTest.NONE;
        }
        int only = codes[0];
        return codes.length == 1 ? item -> column.contains(item, only) : item -> holdsAny(column, item, codes);
    }

    private static boolean holdsAny(CategoryListColumn column, int item, int[] codes) {
        int count = column.count(item);
        for (int i = 0; i < count; i++) {
            if (Arrays.binarySearch(codes, column.code(item, i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static ItemTest text(TextColumn column, List<String> texts) {
        MemorySegment[] keys = texts.stream()
                .filter(text -> !text.isEmpty())
                .map(StringVector::key)
                .toArray(MemorySegment[]::new);
        return item -> {
            for (MemorySegment key : keys) {
                if (column.is(item, key)) {
                    return true;
                }
            }
            return false;
        };
    }

    private static ItemTest number(NumberColumn column, Operands operands) {
        float[] values = new float[operands.values().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(operands.values().get(i), operands.column(), operands.field(i));
        }
        return item -> {
            if (column.present(item)) {
                float value = column.value(item);
                for (float wanted : values) {
                    if (value == wanted) {
                        return true;
                    }
                }
            }
            return false;
        };
    }

    private ItemTest time(TimeColumn column, Operands operands) {
        long[] instants = IntStream.range(0, operands.values().size())
                .mapToLong(i -> millis(operands.values().get(i), operands.column(), operands.field(i)))
                .filter(millis -> millis != TimeColumn.MISSING)
                .sorted()
                .toArray();
        return item -> Arrays.binarySearch(instants, column.millis(item)) >= 0;
    }

    private ItemTest range(ItemPredicate.Range range, String field) {
        if (valueless(range.column())) {
            return ItemTest.NONE;
        }
        Column column = range.column().equals(ID) ? null : column(range.column(), field + ".column");
        return switch (column) {
            case NumberColumn numbers -> numberRange(numbers, range, field);
            case TimeColumn times -> timeRange(times, range, field);
            case null, default ->
                throw new InvalidPredicateException(
                        field + ".column",
                        range.column(),
                        "a number or time column, this is "
                                + (column == null
                                        ? "the item id"
                                        : column.kind().label()));
        };
    }

    private static ItemTest numberRange(NumberColumn column, ItemPredicate.Range range, String field) {
        float low = range.low() == null ? Float.NEGATIVE_INFINITY : number(range.low(), range.column(), field + ".low");
        float high =
                range.high() == null ? Float.POSITIVE_INFINITY : number(range.high(), range.column(), field + ".high");
        return item -> {
            float value = column.value(item);
            return value >= low && value < high && column.present(item);
        };
    }

    private ItemTest timeRange(TimeColumn column, ItemPredicate.Range range, String field) {
        Long low = bound(range.low(), range.column(), field + ".low");
        Long high = bound(range.high(), range.column(), field + ".high");
        if (Objects.equals(low, PredicateContext.NO_TIME) || Objects.equals(high, PredicateContext.NO_TIME)) {
            return ItemTest.NONE;
        }
        long first = low == null ? TimeColumn.MISSING + 1 : low;
        long last = high == null ? Long.MAX_VALUE : high - 1;
        return item -> {
            long millis = column.millis(item);
            return millis >= first && millis <= last;
        };
    }

    private @Nullable Long bound(@Nullable Operand operand, String column, String field) {
        return operand == null ? null : (Long) millis(operand, column, field);
    }

    /** Whether no item has a value of the column: a standard one that this catalogue came without. */
    private boolean valueless(String name) {
        return table.column(name) == null && ItemTable.STANDARD.containsKey(name);
    }

    private Column column(String name, String field) {
        Column column = table.column(name);
        if (column == null) {
            throw new InvalidPredicateException(
                    field,
                    name,
                    "a column of the item table: id, "
                            + String.join(", ", table.columns().keySet()));
        }
        return column;
    }

    /** The codes of the operands that have one, distinct and ascending. */
    private int[] codes(Operands operands, String kind, ToIntFunction<String> codeOf) {
        return texts(operands, kind).stream()
                .filter(text -> !text.isEmpty())
                .mapToInt(codeOf)
                .filter(code -> code >= 0)
                .sorted()
                .distinct()
                .toArray();
    }

    private List<String> texts(Operands operands, String kind) {
        return IntStream.range(0, operands.values().size())
                .mapToObj(i -> text(operands.values().get(i), operands.column(), kind, operands.field(i)))
                .toList();
    }

    private String text(Operand operand, String column, String kind, String field) {
        return switch (operand) {
            case Operand.Text(String value) -> value;
            case QueryField query when query != QueryField.TIME -> context.text(query);
            case QueryField _, Operand.Number _, Operand.Time _ ->
                throw new InvalidPredicateException(
                        field,
                        String.valueOf(PredicateForm.write(operand)),
                        column + " is " + kind + " and needs a text");
        };
    }

    private static float number(Operand operand, String column, String field) {
        if (operand instanceof Operand.Number(double value)) {
            return (float) value;
        }
        throw new InvalidPredicateException(
                field, String.valueOf(PredicateForm.write(operand)), column + " is a number column and needs a number");
    }

    private long millis(Operand operand, String column, String field) {
        return switch (operand) {
            case Operand.Time(long millis) -> millis;
            case QueryField query when query == QueryField.TIME -> context.timeMillis();
            case QueryField _, Operand.Number _, Operand.Text _ ->
                throw new InvalidPredicateException(
                        field,
                        String.valueOf(PredicateForm.write(operand)),
                        column + " is a time column and needs an instant or the query's time");
        };
    }
}
