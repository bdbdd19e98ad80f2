package dev.funnel.inference.engine;

/** A network gave NaN or infinity; no such score may travel on. */
public final class NonFiniteOutputException extends RuntimeException {
    public NonFiniteOutputException(String output, int candidate, float value) {
        super("output \"%s\" of the network is %s for candidate %d".formatted(output, value, candidate));
    }

    /** Refuses the values of candidates {@code at} and on, {@code width} for each of {@code rows}, unless all are finite. */
    public static void requireFinite(String output, float[] values, int at, int rows, int width) {
        for (int i = at * width; i < (at + rows) * width; i++) {
            if (!Float.isFinite(values[i])) {
                throw new NonFiniteOutputException(output, i / width, values[i]);
            }
        }
    }
}
