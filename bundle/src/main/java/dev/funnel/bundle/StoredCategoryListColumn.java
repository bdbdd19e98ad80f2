package dev.funnel.bundle;

/** The stored rows of a column of lists of codes into a dictionary of distinct values; the empty list is a missing value. */
final class StoredCategoryListColumn implements CategoryListColumn {
    private final LongVector offsets;
    private final IntVector codes;
    private final Dictionary dictionary;
    private final int size;

    private StoredCategoryListColumn(LongVector offsets, IntVector codes, Dictionary dictionary) {
        this.offsets = offsets;
        this.codes = codes;
        this.dictionary = dictionary;
        this.size = Math.toIntExact(offsets.size() - 1);
    }

    static StoredCategoryListColumn read(TensorFile file, String name, int rows) throws BundleRefusedException {
        Dictionary dictionary = Dictionary.read(file, name);
        IntVector codes = file.indexes(name + ".codes", 0, dictionary.size());
        if (codes.size() > Integer.MAX_VALUE) {
            throw file.refused(name + ".codes", "has " + codes.size() + " values, at most 2^31 - 1 are allowed");
        }
        return new StoredCategoryListColumn(file.offsets(name + ".offsets", rows, codes.size()), codes, dictionary);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int count(int row) {
        return (int) (offsets.get(row + 1L) - offsets.get(row));
    }

    @Override
    public int code(int row, int i) {
        return codes.get(offsets.get(row) + i);
    }

    @Override
    public boolean contains(int row, int code) {
        long end = offsets.get(row + 1L);
        for (long at = offsets.get(row); at < end; at++) {
            if (codes.get(at) == code) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int cardinality() {
        return dictionary.size();
    }

    @Override
    public String value(int code) {
        return dictionary.value(code);
    }

    @Override
    public int codeOf(String value) {
        return dictionary.codeOf(value);
    }
}
