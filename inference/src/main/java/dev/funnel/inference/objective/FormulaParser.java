package dev.funnel.inference.objective;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a formula by recursive descent:
 *
 * <pre>
 * sum     := product (("+" | "-") product)*
 * product := signed (("*" | "/") signed)*
 * signed  := "-" signed | power
 * power   := single ("^" signed)?
 * single  := number | head | function "(" sum ("," sum)* ")" | "(" sum ")"
 * </pre>
 *
 * so that {@code -a ^ 2} is {@code -(a ^ 2)}, {@code a ^ -1} is allowed and {@code a ^ b ^ c} is {@code a ^ (b ^ c)}.
 */
final class FormulaParser {
    /** How deep parentheses, signs and powers may stand in each other. */
    static final int MOST_NESTED = 32;

    private final String formula;
    private final @Nullable List<String> heads;
    private final List<Token> tokens;
    private int at;
    private int nested;

    /** @param heads names that are heads; null: any name is, for reading only */
    FormulaParser(String formula, @Nullable List<String> heads) {
        this.formula = formula;
        this.heads = heads;
        this.tokens = Token.of(formula);
    }

    /** @throws InvalidObjectiveException if the formula is none */
    Term parse() {
        Term term = sum();
        if (token().kind() != Token.Kind.END) {
            throw refusal("an operator (+ - * / ^) or the end");
        }
        return term;
    }

    private Term sum() {
        Term term = product();
        for (Operator next = take(Operator.ADD, Operator.SUBTRACT);
                next != null;
                next = take(Operator.ADD, Operator.SUBTRACT)) {
            term = new Term.Operation(next, term, product());
        }
        return term;
    }

    private Term product() {
        Term term = signed();
        for (Operator next = take(Operator.MULTIPLY, Operator.DIVIDE);
                next != null;
                next = take(Operator.MULTIPLY, Operator.DIVIDE)) {
            term = new Term.Operation(next, term, signed());
        }
        return term;
    }

    private Term signed() {
        if (++nested > MOST_NESTED) {
            throw refusal("nesting of at most " + MOST_NESTED + " parentheses, signs and powers");
        }
        Term term = take("-") ? new Term.Negation(signed()) : power();
        nested--;
        return term;
    }

    private Term power() {
        Term base = single();
        return take("^") ? new Term.Operation(Operator.POWER, base, signed()) : base;
    }

    private Term single() {
        if (take("(")) {
            Term term = sum();
            close("an operator (+ - * / ^) or \")\"");
            return term;
        }
        return switch (token().kind()) {
            case NUMBER -> number();
            case NAME -> tokens.get(at + 1).is("(") ? call() : head();
            case QUOTED_NAME -> head();
            case SYMBOL, END ->
                throw refusal("a number, a head" + (heads == null ? "" : " " + heads) + ", a function "
                        + FormulaFunction.labels() + ", - or (");
        };
    }

    private Term number() {
        double value = Double.parseDouble(token().text());
        if (!Double.isFinite(value)) {
            throw refusal("a finite number");
        }
        at++;
        return new Term.Constant(value);
    }

    private Term head() {
        int index = heads == null ? 0 : heads.indexOf(token().text());
        if (index < 0) {
            throw refusal("one of the heads " + heads);
        }
        return new Term.HeadValue(tokens.get(at++).text(), index);
    }

    private Term call() {
        FormulaFunction function = FormulaFunction.named(token().text());
        if (function == null) {
            throw refusal("one of the functions " + FormulaFunction.labels());
        }
        int position = token().position();
        at += 2;
        List<Term> arguments = new ArrayList<>(List.of(sum()));
        while (take(",")) {
            arguments.add(sum());
        }
        close("an operator (+ - * / ^), a comma or \")\"");
        if (!function.takes(arguments.size())) {
            throw new InvalidObjectiveException(
                    formula,
                    position,
                    function.label() + " of " + arguments.size() + " values",
                    function.label() + " of " + function.arity());
        }
        return new Term.Call(function, List.copyOf(arguments));
    }

    private void close(String allowed) {
        if (!take(")")) {
            throw refusal(allowed);
        }
    }

    private @Nullable Operator take(Operator one, Operator other) {
        if (take(one.symbol())) {
            return one;
        }
        return take(other.symbol()) ? other : null;
    }

    private boolean take(String symbol) {
        boolean found = token().is(symbol);
        at += found ? 1 : 0;
        return found;
    }

    private Token token() {
        return tokens.get(at);
    }

    private InvalidObjectiveException refusal(String allowed) {
        return new InvalidObjectiveException(formula, token().position(), token().shown(), allowed);
    }
}
