package dev.funnel.runtime.wire;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** A {@code float[]} seen as a list, so that a message takes it in one go. It does not copy. */
public final class FloatColumn extends AbstractList<Float> implements RandomAccess {
    private final float[] values;

    private FloatColumn(float[] values) {
        this.values = values;
    }

    public static List<Float> of(float[] values) {
        return new FloatColumn(values);
    }

    @Override
    public Float get(int index) {
        return values[index];
    }

    @Override
    public int size() {
        return values.length;
    }
}
