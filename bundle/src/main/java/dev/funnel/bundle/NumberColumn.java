package dev.funnel.bundle;

/** A column of finite 32-bit floats, each with a flag that says whether it is known. */
public final class NumberColumn implements Column {
    private final FloatMatrix values;
    private final ByteVector present;

    private NumberColumn(FloatMatrix values, ByteVector present) {
        this.values = values;
        this.present = present;
    }

    static NumberColumn read(TensorFile file, String name, int rows) throws BundleRefusedException {
        ByteVector present = file.bytes(name + ".present", rows);
        for (int row = 0; row < rows; row++) {
            if ((present.get(row) & ~1) != 0) {
                throw file.refused(
                        name + ".present", "holds " + present.get(row) + " at " + row + ", allowed are 0 and 1");
            }
        }
        return new NumberColumn(file.floats(name + ".values", rows, 1), present);
    }

    @Override
    public ColumnKind kind() {
        return ColumnKind.NUMBER;
    }

    @Override
    public int size() {
        return values.rows();
    }

    @Override
    public boolean present(int row) {
        return present.get(row) != 0;
    }

    /** The number of {@code row}; meaningless if it is not {@link #present}. */
    public float value(int row) {
        return values.get(row, 0);
    }
}
