package dev.funnel.bundle;

import java.lang.foreign.MemorySegment;

/** The stored rows of a column of free texts; the empty text is a missing one. */
final class StoredTextColumn implements TextColumn {
    private final StringVector values;

    private StoredTextColumn(StringVector values) {
        this.values = values;
    }

    static StoredTextColumn read(TensorFile file, String name, int rows) throws BundleRefusedException {
        StringVector values = StringVector.read(file, name);
        if (values.size() != rows) {
            throw file.refused(name + ".offsets", "holds " + values.size() + " texts for " + rows + " rows");
        }
        return new StoredTextColumn(values);
    }

    @Override
    public int size() {
        return values.size();
    }

    @Override
    public boolean present(int row) {
        return values.bytes(row) > 0;
    }

    @Override
    public String value(int row) {
        return values.value(row);
    }

    @Override
    public boolean is(int row, MemorySegment key) {
        return values.compare(row, key) == 0;
    }
}
