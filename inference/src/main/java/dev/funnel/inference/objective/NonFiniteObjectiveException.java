package dev.funnel.inference.objective;

/** A formula gave NaN or infinity, or more than a 32-bit float holds, for a candidate; no such score may travel on. */
public final class NonFiniteObjectiveException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NonFiniteObjectiveException(String formula, int candidate, float value, String heads) {
        super("objective \"%s\" is %s for candidate %d, where %s".formatted(formula, value, candidate, heads));
    }
}
