package dev.funnel.bundle;

/** A column of instants in milliseconds since 1970-01-01T00:00:00Z. */
public final class TimeColumn implements Column {
    /** What stands for a missing instant. */
    public static final long MISSING = Long.MIN_VALUE;

    private final LongVector millis;
    private final int size;

    private TimeColumn(LongVector millis) {
        this.millis = millis;
        this.size = Math.toIntExact(millis.size());
    }

    static TimeColumn read(TensorFile file, String name, int rows) throws BundleRefusedException {
        return new TimeColumn(file.longs(name + ".millis", rows));
    }

    @Override
    public ColumnKind kind() {
        return ColumnKind.TIME;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean present(int row) {
        return millis(row) != MISSING;
    }

    /** The instant of {@code row}, or {@link #MISSING}. */
    public long millis(int row) {
        return millis.get(row);
    }
}
