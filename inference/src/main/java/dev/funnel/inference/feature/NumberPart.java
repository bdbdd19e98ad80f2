package dev.funnel.inference.feature;

import dev.funnel.bundle.schema.NumberFeature;

/** Columns of one number feature: scaled value, powers, missing flag. */
record NumberPart(NumberFeature feature, NumberScale scale, int slot, int column)
        implements RequestPart, CandidatePart {
    @Override
    public void write(RequestReadings readings, BlockRows into) {
        write(readings.numbers()[slot], 1, into);
    }

    @Override
    public void write(CandidateReadings readings, BlockRows into) {
        write(readings.numbers()[slot], readings.size(), into);
    }

    private void write(float[] raw, int rows, BlockRows into) {
        for (int row = 0; row < rows; row++) {
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
