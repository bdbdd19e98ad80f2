package dev.funnel.retrieval;

import dev.funnel.bundle.FloatMatrix;

/**
 * Turns an item's vector, scaled as its similarity wants ({@link Similarity#scale}) and rotated ({@link Rotation}), into one signed byte per dimension and one
 * scale: value j is nearly {@code scale * codes[j]}. Keeps what an error bound needs. Not for several threads.
 */
public final class RowQuantizer {

    /** Codes are -127 to 127. */
    public static final int MOST = 127;

    /** Makes up for rounding a double to a float, upwards. */
    private static final double UP = 1 + 0x1p-22;

    private final FloatMatrix items;
    private final Similarity similarity;
    private final Rotation rotation;
    private final float[] row;
    private final double[] values;
    private final byte[] codes;
    private float scale;
    private double squares;

    /** A quantizer of these items. */
    public RowQuantizer(FloatMatrix items, Similarity similarity) {
        this.items = items;
        this.similarity = similarity;
        this.rotation = new Rotation(items.columns());
        this.row = new float[items.columns()];
        this.values = new double[items.columns()];
        this.codes = new byte[items.columns()];
    }

    /** A query's values, scaled and rotated as the items' are. */
    public static double[] values(float[] query, Similarity similarity) {
        double factor = similarity.scale(query);
        double[] values = new double[query.length];
        for (int j = 0; j < query.length; j++) {
            values[j] = factor * query[j];
        }
        new Rotation(query.length).apply(values);
        return values;
    }

    /** The lengths of all items, scaled. */
    public float[] lengths() {
        float[] lengths = new float[items.rows()];
        for (int item = 0; item < lengths.length; item++) {
            read(item);
            lengths[item] = length();
        }
        return lengths;
    }

    /** Quantizes an item; what the other methods return is about it until the next. */
    public void quantize(int item) {
        read(item);
        rotation.apply(values);
        double most = 0;
        for (double value : values) {
            most = Math.max(most, Math.abs(value));
        }
        scale = (float) (most / MOST);
        for (int j = 0; j < codes.length; j++) {
            long code = scale == 0 ? 0 : Math.round(values[j] / scale);
            codes[j] = (byte) Math.clamp(code, -MOST, MOST);
        }
    }

    /** The codes of the item; overwritten by the next. */
    public byte[] codes() {
        return codes;
    }

    /** What a code is to be multiplied by. */
    public float scale() {
        return scale;
    }

    /** The length of the scaled vector. */
    public float length() {
        return (float) Math.sqrt(squares);
    }

    /** The length of what the codes leave out, rounded up. */
    public float error() {
        double sum = 0;
        for (int j = 0; j < codes.length; j++) {
            double rest = values[j] - (double) scale * codes[j];
            sum += rest * rest;
        }
        return (float) (Math.sqrt(sum) * UP);
    }

    private void read(int item) {
        items.copyRow(item, row, 0);
        double factor = similarity.scale(row);
        squares = 0;
        for (int j = 0; j < row.length; j++) {
            values[j] = factor * row[j];
            squares += values[j] * values[j];
        }
    }
}
