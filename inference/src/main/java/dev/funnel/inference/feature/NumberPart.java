package dev.funnel.inference.feature;

import dev.funnel.bundle.schema.NumberFeature;

/** Columns of one number feature: scaled value, powers, missing flag. */
record NumberPart(NumberFeature feature, NumberScale scale, int slot, int column)
        implements RequestPart, CandidatePart {
    @Override
    public void write(RequestReadings readings, Tile into) {
        write(readings.numbers()[slot], 0, 1, into);
    }

    @Override
    public Writing of(CandidateReadings readings) {
        Numbers numbers = readings.numbers()[slot];
        int[] entries = numbers.entries();
        float[] values = numbers.values();
        if (entries == null) {
            return (from, to, into) -> write(values, from, to - from, into);
        }
        float[] cells = cells(values);
        return (from, to, into) -> into.setEntries(column, feature.width(), cells, entries, from, to - from);
    }

    private void write(float[] raw, int from, int count, Tile into) {
        float[] scaled = into.scaled();
        scale.apply(raw, from, count, feature.missing(), scaled);
        if (feature.powers()) {
            into.setPowers(column, scaled, count);
        } else {
            into.setColumn(column, scaled, count);
        }
        if (feature.missingFlag()) {
            into.setMissing(column + feature.width() - 1, raw, from, count);
        }
    }

    /** The columns of each distinct number, one after the other. */
    private float[] cells(float[] distinct) {
        Tile tile = new Tile(feature.width()).begin(feature.width());
        NumberPart alone = new NumberPart(feature, scale, slot, 0);
        float[] cells = new float[distinct.length * feature.width()];
        for (int from = 0; from < distinct.length; from += Tile.ROWS) {
            int count = Math.min(Tile.ROWS, distinct.length - from);
            alone.write(distinct, from, count, tile);
            tile.copyTo(cells, from, count);
        }
        return cells;
    }
}
