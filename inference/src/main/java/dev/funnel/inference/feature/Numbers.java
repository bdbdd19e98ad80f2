package dev.funnel.inference.feature;

import org.jspecify.annotations.Nullable;

/**
 * A raw number for each candidate of a slice; NaN is missing. Where few distinct ones are shared by many candidates, each stands once, so
 * that it is scaled once.
 *
 * @param values a number for each candidate, or the distinct ones and no others
 * @param entries per candidate the place of its number among the distinct ones; null: {@code values} has one for each
 * @param size how many candidates there are; arrays with a place for each may be longer
 */
public record Numbers(float[] values, int @Nullable [] entries, int size) {
    /** A number for each of so many candidates. */
    static Numbers ofEach(float[] values, int size) {
        return new Numbers(values, null, size);
    }

    /** A number for each candidate, as a new array. */
    public float[] toArray() {
        float[] each = new float[size()];
        for (int i = 0; i < each.length; i++) {
            each[i] = get(i);
        }
        return each;
    }

    /** The number of a candidate. */
    public float get(int candidate) {
        return values[entries == null ? candidate : entries[candidate]];
    }
}
