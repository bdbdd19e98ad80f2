package dev.funnel.inference.engine;

/** A network gave NaN or infinity; no such score may travel on. */
public final class NonFiniteOutputException extends RuntimeException {
    public NonFiniteOutputException(String output, int candidate, float value) {
        super("output \"%s\" of the network is %s for candidate %d".formatted(output, value, candidate));
    }
}
