package dev.funnel.inference.objective;

import dev.funnel.inference.objective.Operator.Precedence;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A part of a formula. Its text, read again, is the same part. */
sealed interface Term {
    /** Largest number that is written without an exponent. */
    double MOST_PLAIN = 1e15;

    /** The part as it is written, with no more parentheses than it needs. */
    String text();

    /** How tightly it binds, see {@link Precedence}. */
    int precedence();

    /** How many columns its values need while they are computed. */
    int columns();

    /**
     * Computes its values for candidates {@code from} to {@code from + rows}.
     *
     * @param heads per head the value of every candidate
     * @param scratch the first {@code rows} of column {@code column} are filled, later columns are overwritten
     */
    void fill(float[][] heads, int from, int rows, double[][] scratch, int column);

    private static String enclosed(Term term, int atLeast) {
        return term.precedence() < atLeast ? "(" + term.text() + ")" : term.text();
    }

    /** A number, not negative. */
    record Constant(double value) implements Term {
        @Override
        public String text() {
            boolean whole = value == Math.rint(value) && value < MOST_PLAIN;
            return whole ? Long.toString((long) value) : Double.toString(value);
        }

        @Override
        public int precedence() {
            return Precedence.SINGLE;
        }

        @Override
        public int columns() {
            return 1;
        }

        @Override
        public void fill(float[][] heads, int from, int rows, double[][] scratch, int column) {
            Arrays.fill(scratch[column], 0, rows, value);
        }
    }

    /** A head's value. */
    record HeadValue(String name, int index) implements Term {
        @Override
        public String text() {
            return Token.plain(name) ? name : "`" + name + "`";
        }

        @Override
        public int precedence() {
            return Precedence.SINGLE;
        }

        @Override
        public int columns() {
            return 1;
        }

        @Override
        public void fill(float[][] heads, int from, int rows, double[][] scratch, int column) {
            float[] values = heads[index];
            double[] into = scratch[column];
            for (int i = 0; i < rows; i++) {
                into[i] = values[from + i];
            }
        }
    }

    /** A part with its sign changed. */
    record Negation(Term of) implements Term {
        @Override
        public String text() {
            return "-" + enclosed(of, Precedence.SIGN);
        }

        @Override
        public int precedence() {
            return Precedence.SIGN;
        }

        @Override
        public int columns() {
            return of.columns();
        }

        @Override
        public void fill(float[][] heads, int from, int rows, double[][] scratch, int column) {
            of.fill(heads, from, rows, scratch, column);
            double[] values = scratch[column];
            for (int i = 0; i < rows; i++) {
                values[i] = -values[i];
            }
        }
    }

    /** Two parts and the operator between them. Powers group from the right, all else from the left. */
    record Operation(Operator operator, Term left, Term right) implements Term {
        @Override
        public String text() {
            boolean power = operator == Operator.POWER;
            int precedence = operator.precedence();
            return enclosed(left, power ? precedence + 1 : precedence)
                    + " " + operator.symbol() + " "
                    + enclosed(right, power ? Precedence.SIGN : precedence + 1);
        }

        @Override
        public int precedence() {
            return operator.precedence();
        }

        @Override
        public int columns() {
            return Math.max(left.columns(), 1 + right.columns());
        }

        @Override
        public void fill(float[][] heads, int from, int rows, double[][] scratch, int column) {
            left.fill(heads, from, rows, scratch, column);
            right.fill(heads, from, rows, scratch, column + 1);
            operator.apply(scratch[column], scratch[column + 1], rows);
        }
    }

    /** A function of parts; as many as it takes. */
    record Call(FormulaFunction function, List<Term> arguments) implements Term {
        @Override
        public String text() {
            return arguments.stream().map(Term::text).collect(Collectors.joining(", ", function.label() + "(", ")"));
        }

        @Override
        public int precedence() {
            return Precedence.SINGLE;
        }

        @Override
        public int columns() {
            int later = 0;
            for (Term argument : arguments.subList(1, arguments.size())) {
                later = Math.max(later, 1 + argument.columns());
            }
            return Math.max(arguments.getFirst().columns(), later);
        }

        @Override
        public void fill(float[][] heads, int from, int rows, double[][] scratch, int column) {
            arguments.getFirst().fill(heads, from, rows, scratch, column);
            if (arguments.size() == 1) {
                function.apply(scratch[column], rows);
            }
            for (Term argument : arguments.subList(1, arguments.size())) {
                argument.fill(heads, from, rows, scratch, column + 1);
                function.apply(scratch[column], scratch[column + 1], rows);
            }
        }
    }
}
