package dev.funnel.inference.feature;

import dev.funnel.bundle.schema.NumberFeature;

/** Columns of one number feature: scaled value, powers, missing flag. */
record NumberPart(NumberFeature feature, NumberScale scale, int slot, int column) {
    /** Writes a row for each raw number. */
    void write(float[] raw, BlockRows into) {
        for (int row = 0; row < raw.length; row++) {
            boolean missing = Float.isNaN(raw[row]);
            float value = missing ? feature.missing() : scale.apply(raw[row]);
            int next = column;
            into.set(row, next++, value);
            if (feature.powers()) {
                into.set(row, next++, value * value);
                into.set(row, next++, (float) Math.copySign(Math.sqrt(Math.abs(value)), value));
            }
            if (feature.missingFlag()) {
                into.set(row, next, missing ? 1 : 0);
            }
        }
    }
}
