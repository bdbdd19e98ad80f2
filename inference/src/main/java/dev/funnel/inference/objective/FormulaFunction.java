package dev.funnel.inference.objective;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A function that a formula may call: of one value, of two, or of two and more. */
enum FormulaFunction {
    /** Natural logarithm. */
    LOG(1, 1),
    EXP(1, 1),
    SQRT(1, 1),
    MIN(2, Integer.MAX_VALUE),
    MAX(2, Integer.MAX_VALUE),
    POW(2, 2);

    private final int fewest;
    private final int most;

    FormulaFunction(int fewest, int most) {
        this.fewest = fewest;
        this.most = most;
    }

    static @Nullable FormulaFunction named(String name) {
        return Arrays.stream(values())
                .filter(function -> function.label().equals(name))
                .findFirst()
                .orElse(null);
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(FormulaFunction::label).toList();
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean takes(int arguments) {
        return arguments >= fewest && arguments <= most;
    }

    /** How many arguments it takes, for people. */
    String arity() {
        return most == fewest ? String.valueOf(fewest) : fewest + " or more";
    }

    /** Replaces the first {@code rows} values of the first argument by the function of it, if it takes one argument. */
    void apply(double[] values, int rows) {
        switch (this) {
            case LOG -> {
                for (int i = 0; i < rows; i++) {
                    values[i] = Math.log(values[i]);
                }
            }
            case EXP -> {
                for (int i = 0; i < rows; i++) {
                    values[i] = Math.exp(values[i]);
                }
            }
            case SQRT -> {
                for (int i = 0; i < rows; i++) {
                    values[i] = Math.sqrt(values[i]);
                }
            }
            case MIN, MAX, POW -> throw new IllegalStateException(this + " takes more than one argument");
        }
    }

    /** Replaces the first {@code rows} values by the function of them and the next argument, if it takes more than one. */
    void apply(double[] values, double[] next, int rows) {
        switch (this) {
            case MIN -> {
                for (int i = 0; i < rows; i++) {
                    values[i] = Math.min(values[i], next[i]);
                }
            }
            case MAX -> {
                for (int i = 0; i < rows; i++) {
                    values[i] = Math.max(values[i], next[i]);
                }
            }
            case POW -> Operator.POWER.apply(values, next, rows);
            case LOG, EXP, SQRT -> throw new IllegalStateException(this + " takes one argument");
        }
    }
}
