package dev.funnel.reranker.expression;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelComprehension;

/**
 * An upper bound of the steps that one evaluation of an expression takes: one for each operation, ten for a regular expression
 * or a search in a list, and for a macro over a list its body as often as a list may be long.
 */
final class Cost {
    /** Most elements of a list that a macro may look at; evaluation stops there too. */
    static final int LONGEST_LIST = 100;

    private static final long SEARCH = 10;

    private Cost() {}

    static long of(CelExpr expression) {
        return switch (expression.getKind()) {
            case NOT_SET, CONSTANT -> 0;
            case IDENT -> 1;
            case SELECT -> 1 + of(expression.select().operand());
            case CALL -> call(expression.call());
            case LIST -> 1 + sum(expression.list().elements());
            case MAP ->
                1
                        + expression.map().entries().stream()
                                .mapToLong(entry -> of(entry.key()) + of(entry.value()))
                                .sum();
            case STRUCT ->
                1
                        + expression.struct().entries().stream()
                                .mapToLong(entry -> of(entry.value()))
                                .sum();
            case COMPREHENSION -> comprehension(expression.comprehension());
        };
    }

    private static long call(CelExpr.CelCall call) {
        long own = call.function().equals("matches") || call.function().equals("@in") ? SEARCH : 1;
        return own + call.target().map(Cost::of).orElse(0L) + sum(call.args());
    }

    private static long comprehension(CelComprehension macro) {
        long body = 1 + of(macro.loopCondition()) + of(macro.loopStep());
        long around = of(macro.iterRange()) + of(macro.accuInit()) + of(macro.result());
        return around + LONGEST_LIST * body;
    }

    private static long sum(Iterable<CelExpr> parts) {
        long sum = 0;
        for (CelExpr part : parts) {
            sum += of(part);
        }
        return sum;
    }
}
