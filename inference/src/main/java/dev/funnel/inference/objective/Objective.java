package dev.funnel.inference.objective;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A formula over a ranker's heads that makes one score of them, e.g. {@code click * watch_time ^ 0.5 + 0.1 * like}.
 *
 * <p>It is made of numbers, names of heads (in {@code `backquotes`} where they hold anything but letters, digits and {@code _}),
 * {@code + - * / ^}, parentheses, the sign {@code -} and the functions log, exp, sqrt, min, max and pow. It is computed in 64 bits,
 * column by column over all candidates; a score is the result as 32-bit float, and must be finite. Immutable.
 */
public final class Objective {
    /** Longest formula, in characters. */
    public static final int MOST_CHARACTERS = 1_000;

    private static final int CHUNK = 256;

    private final Term term;
    private final List<String> names;

    private Objective(Term term, List<String> names) {
        this.term = term;
        this.names = names;
    }

    /**
     * Reads a formula.
     *
     * @param heads names of the ranker's heads, in their order
     * @throws InvalidObjectiveException naming the character, what was found there and what is allowed
     */
    public static Objective parse(String formula, List<String> heads) {
        return new Objective(read(formula, heads), List.copyOf(heads));
    }

    private static Term read(String formula, @Nullable List<String> heads) {
        if (formula.length() > MOST_CHARACTERS) {
            throw new InvalidObjectiveException(
                    formula,
                    MOST_CHARACTERS + 1,
                    formula.length() + " characters",
                    "a formula of at most " + MOST_CHARACTERS);
        }
        return new FormulaParser(formula, heads).parse();
    }

    /** The objective that is one head as it stands. */
    static Objective head(String name, int index, List<String> heads) {
        return new Objective(new Term.HeadValue(name, index), heads);
    }

    /**
     * Refuses a text that is no formula, whatever the heads are called.
     *
     * @throws InvalidObjectiveException as {@link #parse} does
     */
    public static void requireFormula(String text) {
        read(text, null);
    }

    /** The formula as this class writes it; read again it is the same. */
    public String formula() {
        return term.text();
    }

    /**
     * Gives every candidate its score.
     *
     * @param heads per head the value of every candidate, in the order of the names the formula was read with
     * @param into as many scores as there are candidates
     * @throws NonFiniteObjectiveException naming the first candidate whose score is not finite, and its heads
     */
    public void score(float[][] heads, float[] into) {
        double[][] scratch = new double[term.columns()][Math.min(CHUNK, into.length)];
        for (int from = 0; from < into.length; from += CHUNK) {
            int rows = Math.min(CHUNK, into.length - from);
            term.fill(heads, from, rows, scratch, 0);
            if (!narrow(scratch[0], into, from, rows)) {
                throw nonFinite(heads, into, from);
            }
        }
    }

    /** Writes the values as 32-bit floats; whether all of them are finite. */
    private static boolean narrow(double[] values, float[] into, int from, int rows) {
        boolean finite = true;
        for (int i = 0; i < rows; i++) {
            into[from + i] = (float) values[i];
            finite &= Float.isFinite(into[from + i]);
        }
        return finite;
    }

    private NonFiniteObjectiveException nonFinite(float[][] heads, float[] scores, int from) {
        int candidate = from;
        while (Float.isFinite(scores[candidate])) {
            candidate++;
        }
        List<String> values = new ArrayList<>();
        for (int head = 0; head < heads.length; head++) {
            values.add(names.get(head) + " = " + heads[head][candidate]);
        }
        return new NonFiniteObjectiveException(formula(), candidate, scores[candidate], String.join(", ", values));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Objective objective && term.equals(objective.term) && names.equals(objective.names);
    }

    @Override
    public int hashCode() {
        return term.hashCode();
    }

    @Override
    public String toString() {
        return formula();
    }
}
