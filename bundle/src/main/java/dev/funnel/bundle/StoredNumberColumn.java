package dev.funnel.bundle;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The stored rows of a column of finite 32-bit floats, each with a flag that says whether it is known. */
final class StoredNumberColumn implements NumberColumn {
    private final FloatMatrix values;
    private final ByteVector present;

    private StoredNumberColumn(FloatMatrix values, ByteVector present) {
        this.values = values;
        this.present = present;
    }

    static StoredNumberColumn read(TensorFile file, String name, int rows) throws BundleRefusedException {
        ByteVector present = file.bytes(name + ".present", rows);
        for (int row = 0; row < rows; row++) {
            if ((present.get(row) & ~1) != 0) {
                throw file.refused(
                        name + ".present", "holds " + present.get(row) + " at " + row + ", allowed are 0 and 1");
            }
        }
        return new StoredNumberColumn(file.floats(name + ".values", rows, 1), present);
    }

    @Override
    public int size() {
        return values.rows();
    }

    @Override
    public boolean present(int row) {
        return present.get(row) != 0;
    }

    @Override
    public float value(int row) {
        return values.get(row, 0);
    }

    /** As inherited; written out so that the compiler sees what memory it is. */
    @Override
    public void read(int[] rows, int from, int to, float[] into) {
        MemorySegment numbers = values.segment();
        MemorySegment known = present.segment();
        for (int i = from; i < to; i++) {
            int row = rows[i];
            into[i - from] = row >= 0 && known.get(ValueLayout.JAVA_BYTE, row) != 0
                    ? numbers.getAtIndex(ValueLayout.JAVA_FLOAT, row)
                    : Float.NaN;
        }
    }
}
