package dev.funnel.retrieval;

/** Checks that a number lies within its bounds, and says which number, its value and the bounds if it does not. */
public final class Bounds {

    private Bounds() {}

    /** Returns the value if it lies between {@code least} and {@code most}, both included. */
    public static int require(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + value + ", must be " + least + " to " + most);
        }
        return value;
    }

    /** Returns the value if it lies between {@code least} and {@code most}, both included; NaN does not. */
    public static double require(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(name + " is " + value + ", must be " + least + " to " + most);
        }
        return value;
    }
}
