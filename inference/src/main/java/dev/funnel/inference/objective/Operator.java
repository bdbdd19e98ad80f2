package dev.funnel.inference.objective;

/** An operator between two values of a formula. */
enum Operator {
    ADD("+", Precedence.SUM),
    SUBTRACT("-", Precedence.SUM),
    MULTIPLY("*", Precedence.PRODUCT),
    DIVIDE("/", Precedence.PRODUCT),
    POWER("^", Precedence.POWER);

    /** How tightly parts of a formula bind; more binds tighter. */
    static final class Precedence {
        static final int SUM = 1;
        static final int PRODUCT = 2;
        static final int SIGN = 3;
        static final int POWER = 4;
        static final int SINGLE = 5;

        private Precedence() {}
    }

    private final String symbol;
    private final int precedence;

    Operator(String symbol, int precedence) {
        this.symbol = symbol;
        this.precedence = precedence;
    }

    String symbol() {
        return symbol;
    }

    int precedence() {
        return precedence;
    }

    /** Replaces the first {@code rows} left values by what the operator makes of them and the right ones. */
    void apply(double[] left, double[] right, int rows) {
        switch (this) {
            case ADD -> {
                for (int i = 0; i < rows; i++) {
                    left[i] += right[i];
                }
            }
            case SUBTRACT -> {
                for (int i = 0; i < rows; i++) {
                    left[i] -= right[i];
                }
            }
            case MULTIPLY -> {
                for (int i = 0; i < rows; i++) {
                    left[i] *= right[i];
                }
            }
            case DIVIDE -> {
                for (int i = 0; i < rows; i++) {
                    left[i] /= right[i];
                }
            }
            case POWER -> {
                for (int i = 0; i < rows; i++) {
                    left[i] = Math.pow(left[i], right[i]);
                }
            }
        }
    }
}
