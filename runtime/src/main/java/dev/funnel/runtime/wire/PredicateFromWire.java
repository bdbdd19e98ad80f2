package dev.funnel.runtime.wire;

import dev.funnel.bundle.InvalidPredicateException;
import dev.funnel.bundle.ItemPredicate;
import dev.funnel.bundle.Operand;
import dev.funnel.bundle.QueryField;
import dev.funnel.runtime.error.CallerError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads item predicates, and refuses those that are incomplete or too large. Columns are checked where there is a table. */
public final class PredicateFromWire {
    private PredicateFromWire() {}

    public static ItemPredicate predicate(String field, dev.funnel.proto.common.v1.ItemPredicate wire) {
        ItemPredicate predicate = read(field, wire, 1);
        return asCallerError(() -> {
            predicate.check(field);
            return predicate;
        });
    }

    /** What a predicate's own error means to the caller. */
    static <T> T asCallerError(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (InvalidPredicateException e) {
            throw new CallerError(e.field(), e.value(), "must be " + e.rule());
        }
    }

    private static ItemPredicate read(String field, dev.funnel.proto.common.v1.ItemPredicate wire, int depth) {
        if (depth > ItemPredicate.MAX_DEPTH) {
            throw new CallerError(field, "level " + depth, "must be at most " + ItemPredicate.MAX_DEPTH + " levels");
        }
        return switch (wire.getTestCase()) {
            case ALL -> new ItemPredicate.All(all(field + ".all", wire.getAll(), depth));
            case ANY -> new ItemPredicate.Any(all(field + ".any", wire.getAny(), depth));
            case NOT -> new ItemPredicate.Not(read(field + ".not", wire.getNot(), depth + 1));
            case EQUALS ->
                new ItemPredicate.Equal(
                        column(field + ".equals", wire.getEquals().getColumn()),
                        operand(field + ".equals.value", wire.getEquals().getValue()));
            case IN ->
                new ItemPredicate.In(
                        column(field + ".in", wire.getIn().getColumn()),
                        operands(field + ".in.values", wire.getIn().getValuesList()));
            case RANGE -> range(field + ".range", wire.getRange());
            case PRESENT ->
                new ItemPredicate.Present(
                        column(field + ".present", wire.getPresent().getColumn()));
            case TEST_NOT_SET -> throw new CallerError(field, "nothing", "must have a test this version knows");
        };
    }

    private static List<ItemPredicate> all(String field, dev.funnel.proto.common.v1.PredicateList wire, int depth) {
        Bounds.atMost(field, wire.getPredicatesList(), ItemPredicate.MAX_NODES);
        List<ItemPredicate> predicates = new ArrayList<>(wire.getPredicatesCount());
        for (int i = 0; i < wire.getPredicatesCount(); i++) {
            predicates.add(read(field + "[" + i + "]", wire.getPredicates(i), depth + 1));
        }
        return predicates;
    }

    private static ItemPredicate range(String field, dev.funnel.proto.common.v1.Range wire) {
        @Nullable Operand low = wire.hasLow() ? operand(field + ".low", wire.getLow()) : null;
        @Nullable Operand high = wire.hasHigh() ? operand(field + ".high", wire.getHigh()) : null;
        return new ItemPredicate.Range(column(field, wire.getColumn()), low, high);
    }

    private static String column(String field, String column) {
        return Bounds.requiredId(field + ".column", column);
    }

    private static List<Operand> operands(String field, List<dev.funnel.proto.common.v1.Operand> wire) {
        Bounds.atMost(field, wire, ItemPredicate.MAX_VALUES);
        List<Operand> operands = new ArrayList<>(wire.size());
        for (int i = 0; i < wire.size(); i++) {
            operands.add(operand(field + "[" + i + "]", wire.get(i)));
        }
        return operands;
    }

    private static Operand operand(String field, dev.funnel.proto.common.v1.Operand wire) {
        return switch (wire.getValueCase()) {
            case TEXT -> new Operand.Text(Bounds.id(field + ".text", wire.getText()));
            case NUMBER -> new Operand.Number(Bounds.finite(field + ".number", wire.getNumber()));
            case TIME ->
                new Operand.Time(
                        WireTimes.instant(field + ".time", wire.getTime()).toEpochMilli());
            case QUERY_FIELD -> queryField(field + ".query_field", wire.getQueryFieldValue());
            case VALUE_NOT_SET -> throw new CallerError(field, "nothing", "must have a value this version knows");
        };
    }

    private static QueryField queryField(String field, int number) {
        return switch (number) {
            case 1 -> QueryField.COUNTRY;
            case 2 -> QueryField.LANGUAGE;
            case 3 -> QueryField.TIME;
            case 4 -> QueryField.USER_ID;
            case 5 -> QueryField.SEED_ITEM_ID;
            default -> throw new CallerError(field, number, "must be a query field this version knows");
        };
    }
}
