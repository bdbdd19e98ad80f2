package dev.funnel.bundle;

/** A column of lists of codes into a dictionary of distinct values; the empty list is a missing value. */
public final class CategoryListColumn implements Column {
    private final LongVector offsets;
    private final IntVector codes;
    private final Dictionary dictionary;
    private final int size;

    private CategoryListColumn(LongVector offsets, IntVector codes, Dictionary dictionary) {
        this.offsets = offsets;
        this.codes = codes;
        this.dictionary = dictionary;
        this.size = Math.toIntExact(offsets.size() - 1);
    }

    static CategoryListColumn read(TensorFile file, String name, int rows) throws BundleRefusedException {
        Dictionary dictionary = Dictionary.read(file, name);
        IntVector codes = file.indexes(name + ".codes", 0, dictionary.size());
        if (codes.size() > Integer.MAX_VALUE) {
            throw file.refused(name + ".codes", "has " + codes.size() + " values, at most 2^31 - 1 are allowed");
        }
        return new CategoryListColumn(file.offsets(name + ".offsets", rows, codes.size()), codes, dictionary);
    }

    @Override
    public ColumnKind kind() {
        return ColumnKind.CATEGORY_LIST;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean present(int row) {
        return count(row) > 0;
    }

    /** Number of values of {@code row}. */
    public int count(int row) {
        return (int) (offsets.get(row + 1L) - offsets.get(row));
    }

    /** The code of value {@code i} of {@code row}, {@code i} less than {@link #count}. */
    public int code(int row, int i) {
        return codes.get(offsets.get(row) + i);
    }

    /** Whether {@code row} holds {@code code}. */
    public boolean contains(int row, int code) {
        long end = offsets.get(row + 1L);
        for (long at = offsets.get(row); at < end; at++) {
            if (codes.get(at) == code) {
                return true;
            }
        }
        return false;
    }

    /** Number of distinct values in the column. */
    public int cardinality() {
        return dictionary.size();
    }

    /** The value of {@code code}, decoded. */
    public String value(int code) {
        return dictionary.value(code);
    }

    /** The code of {@code value}, or {@link CategoryColumn#MISSING}. */
    public int codeOf(String value) {
        return dictionary.codeOf(value);
    }
}
