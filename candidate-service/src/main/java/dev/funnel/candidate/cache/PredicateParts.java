package dev.funnel.candidate.cache;

import dev.funnel.bundle.ItemPredicate;
import dev.funnel.bundle.Operand;
import dev.funnel.bundle.PredicateContext;
import dev.funnel.bundle.QueryField;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A predicate as two, of which both must hold.
 *
 * @param fixed speaks of constants only; a query's country and language, of which there are few, have become such
 * @param changing speaks of the query's time, user or seed item too
 */
record PredicateParts(List<ItemPredicate> fixed, List<ItemPredicate> changing) {

    static PredicateParts of(ItemPredicate predicate, PredicateContext context) {
        PredicateParts parts = new PredicateParts(new ArrayList<>(), new ArrayList<>());
        parts.add(predicate, context);
        return parts;
    }

    /** One predicate that holds where all of them do. */
    static ItemPredicate all(List<ItemPredicate> predicates) {
        return predicates.size() == 1 ? predicates.getFirst() : new ItemPredicate.All(predicates);
    }

    private void add(ItemPredicate predicate, PredicateContext context) {
        if (predicate instanceof ItemPredicate.All(List<ItemPredicate> all) && !all.isEmpty()) {
            all.forEach(each -> add(each, context));
        } else {
            ItemPredicate resolved = resolved(predicate, context);
            (isFixed(resolved) ? fixed : changing).add(resolved);
        }
    }

    private static ItemPredicate resolved(ItemPredicate predicate, PredicateContext context) {
        return switch (predicate) {
            case ItemPredicate.All(List<ItemPredicate> all) -> new ItemPredicate.All(resolved(all, context));
            case ItemPredicate.Any(List<ItemPredicate> any) -> new ItemPredicate.Any(resolved(any, context));
            case ItemPredicate.Not(ItemPredicate not) -> new ItemPredicate.Not(resolved(not, context));
            case ItemPredicate.Equal(String column, Operand value) ->
                new ItemPredicate.Equal(column, resolved(value, context));
            case ItemPredicate.In(String column, List<Operand> values) ->
                new ItemPredicate.In(
                        column,
                        values.stream().map(value -> resolved(value, context)).toList());
            case ItemPredicate.Range range -> range;
            case ItemPredicate.Present present -> present;
        };
    }

    private static List<ItemPredicate> resolved(List<ItemPredicate> predicates, PredicateContext context) {
        return predicates.stream().map(each -> resolved(each, context)).toList();
    }

    /** An empty text, as an empty field, equals nothing. */
    private static Operand resolved(Operand operand, PredicateContext context) {
        if (operand == QueryField.COUNTRY) {
            return new Operand.Text(context.country());
        }
        return operand == QueryField.LANGUAGE ? new Operand.Text(context.language()) : operand;
    }

    private static boolean isFixed(ItemPredicate predicate) {
        return switch (predicate) {
            case ItemPredicate.All(List<ItemPredicate> all) -> all.stream().allMatch(PredicateParts::isFixed);
            case ItemPredicate.Any(List<ItemPredicate> any) -> any.stream().allMatch(PredicateParts::isFixed);
            case ItemPredicate.Not(ItemPredicate not) -> isFixed(not);
            case ItemPredicate.Equal equal -> isFixed(Stream.of(equal.value()));
            case ItemPredicate.In in -> isFixed(in.values().stream());
            case ItemPredicate.Range range ->
                isFixed(Stream.of(range.low(), range.high()).filter(Objects::nonNull));
            case ItemPredicate.Present present -> true;
        };
    }

    private static boolean isFixed(Stream<Operand> operands) {
        return operands.noneMatch(QueryField.class::isInstance);
    }
}
