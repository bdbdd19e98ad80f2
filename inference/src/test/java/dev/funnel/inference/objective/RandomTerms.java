package dev.funnel.inference.objective;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Formulas of all kinds, for tests. */
final class RandomTerms {
    private RandomTerms() {}

    static Term term(Random random, List<String> heads, int depth) {
        if (depth == 0) {
            return random.nextBoolean() ? head(random, heads) : constant(random);
        }
        Operator[] operators = Operator.values();
        return switch (random.nextInt(4)) {
            case 0 -> term(random, heads, 0);
            case 1 -> new Term.Negation(term(random, heads, depth - 1));
            case 2 -> call(random, heads, depth);
            default ->
                new Term.Operation(
                        operators[random.nextInt(operators.length)],
                        term(random, heads, depth - 1),
                        term(random, heads, depth - 1));
        };
    }

    private static Term head(Random random, List<String> heads) {
        int index = random.nextInt(heads.size());
        return new Term.HeadValue(heads.get(index), index);
    }

    private static Term constant(Random random) {
        return new Term.Constant(
                switch (random.nextInt(4)) {
                    case 0 -> random.nextInt(100);
                    case 1 -> random.nextDouble();
                    case 2 -> random.nextDouble() * 1e-20;
                    default -> random.nextDouble() * 1e200;
                });
    }

    private static Term call(Random random, List<String> heads, int depth) {
        FormulaFunction function = FormulaFunction.values()[random.nextInt(FormulaFunction.values().length)];
        int arguments = random.nextInt(1, 5);
        while (!function.takes(arguments)) {
            arguments = random.nextInt(1, 5);
        }
        return new Term.Call(
                function,
                Stream.generate(() -> term(random, heads, depth - 1))
                        .limit(arguments)
                        .toList());
    }
}
