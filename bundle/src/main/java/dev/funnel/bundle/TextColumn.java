package dev.funnel.bundle;

import java.lang.foreign.MemorySegment;

/** A column of free texts; the empty text is a missing one. */
public final class TextColumn implements Column {
    private final StringVector values;

    private TextColumn(StringVector values) {
        this.values = values;
    }

    static TextColumn read(TensorFile file, String name, int rows) throws BundleRefusedException {
        StringVector values = StringVector.read(file, name);
        if (values.size() != rows) {
            throw file.refused(name + ".offsets", "holds " + values.size() + " texts for " + rows + " rows");
        }
        return new TextColumn(values);
    }

    @Override
    public ColumnKind kind() {
        return ColumnKind.TEXT;
    }

    @Override
    public int size() {
        return values.size();
    }

    @Override
    public boolean present(int row) {
        return values.bytes(row) > 0;
    }

    /** The text of {@code row}, decoded; empty if missing. */
    public String value(int row) {
        return values.value(row);
    }

    /** Whether the text of {@code row} has the bytes {@code key}, without decoding. */
    boolean is(int row, MemorySegment key) {
        return values.compare(row, key) == 0;
    }
}
