package dev.funnel.bundle;

/** The stored rows of a column of instants in milliseconds since 1970-01-01T00:00:00Z. */
final class StoredTimeColumn implements TimeColumn {
    private final LongVector millis;
    private final int size;

    private StoredTimeColumn(LongVector millis) {
        this.millis = millis;
        this.size = Math.toIntExact(millis.size());
    }

    static StoredTimeColumn read(TensorFile file, String name, int rows) throws BundleRefusedException {
        return new StoredTimeColumn(file.longs(name + ".millis", rows));
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public long millis(int row) {
        return millis.get(row);
    }
}
