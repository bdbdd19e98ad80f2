package dev.funnel.bundle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts a predicate's nodes, levels and values before anything is done with it, and looks at its constants. */
final class PredicateLimits {
    private int nodes;

    private PredicateLimits() {}

    static void check(ItemPredicate predicate, String field) {
        new PredicateLimits().check(predicate, field, 1);
    }

    private void check(ItemPredicate predicate, String field, int depth) {
        if (depth > ItemPredicate.MAX_DEPTH) {
            throw new InvalidPredicateException(
                    field, "level " + depth, "at most " + ItemPredicate.MAX_DEPTH + " levels");
        }
        if (++nodes > ItemPredicate.MAX_NODES) {
            throw new InvalidPredicateException(
                    field, "node " + nodes, "at most " + ItemPredicate.MAX_NODES + " nodes");
        }
        switch (predicate) {
            case ItemPredicate.All all -> checkAll(all.predicates(), field + ".all", depth);
            case ItemPredicate.Any any -> checkAll(any.predicates(), field + ".any", depth);
            case ItemPredicate.Not not -> check(not.predicate(), field + ".not", depth + 1);
            case ItemPredicate.Equal equal -> checkOperand(equal.value(), field + ".equals.value");
            case ItemPredicate.In in -> checkValues(in.values(), field + ".in.values");
            case ItemPredicate.Range range -> {
                checkOperand(range.low(), field + ".range.low");
                checkOperand(range.high(), field + ".range.high");
            }
            case ItemPredicate.Present present -> {}
        }
    }

    private void checkAll(List<ItemPredicate> predicates, String field, int depth) {
        for (int i = 0; i < predicates.size(); i++) {
            check(predicates.get(i), field + "[" + i + "]", depth + 1);
        }
    }

    private static void checkValues(List<Operand> values, String field) {
        if (values.size() > ItemPredicate.MAX_VALUES) {
            throw new InvalidPredicateException(
                    field, values.size() + " values", "at most " + ItemPredicate.MAX_VALUES);
        }
        for (int i = 0; i < values.size(); i++) {
            checkOperand(values.get(i), field + "[" + i + "]");
        }
    }

    private static void checkOperand(@Nullable Operand operand, String field) {
        if (operand instanceof Operand.Number number && !Double.isFinite(number.value())) {
            throw new InvalidPredicateException(field, String.valueOf(number.value()), "a finite number");
        }
    }
}
