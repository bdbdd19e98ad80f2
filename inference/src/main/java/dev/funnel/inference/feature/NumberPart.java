package dev.funnel.inference.feature;

import dev.funnel.bundle.schema.NumberFeature;

/** Columns of one number feature: scaled value, powers, missing flag. */
record NumberPart(NumberFeature feature, NumberScale scale, int slot, int column)
        implements RequestPart, CandidatePart {
    @Override
    public void write(RequestReadings readings, BlockRows into) {
        write(readings.numbers()[slot], 0, 1, into);
    }

    @Override
    public void write(CandidateReadings readings, int from, int to, BlockRows into) {
        write(readings.numbers()[slot], from, to, into);
    }

    private void write(float[] raw, int from, int to, BlockRows into) {
        float[] scaled = new float[to - from];
        scale.apply(raw, from, feature.missing(), scaled);
        if (feature.powers()) {
            into.setPowers(from, column, scaled);
        } else {
            into.setColumn(from, column, scaled);
        }
        if (feature.missingFlag()) {
            into.setMissing(from, to, column + feature.width() - 1, raw);
        }
    }
}
