package dev.funnel.inference.feature;

/** Which row of a table the values of a cross have. */
@FunctionalInterface
public interface CrossRows {
    /** The row of the values with that {@link TextHash#cross} key, or {@link Vocabulary#UNKNOWN}. */
    int row(long key);
}
