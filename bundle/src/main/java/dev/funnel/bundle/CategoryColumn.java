package dev.funnel.bundle;

/** A column of codes into a dictionary of distinct values. */
public final class CategoryColumn implements Column {
    /** The code of a missing value, and of a value that the dictionary does not hold. */
    public static final int MISSING = -1;

    private final IntVector codes;
    private final Dictionary dictionary;
    private final int size;

    private CategoryColumn(IntVector codes, Dictionary dictionary) {
        this.codes = codes;
        this.dictionary = dictionary;
        this.size = Math.toIntExact(codes.size());
    }

    static CategoryColumn read(TensorFile file, String name, int rows) throws BundleRefusedException {
        Dictionary dictionary = Dictionary.read(file, name);
        file.ints(name + ".codes", rows);
        return new CategoryColumn(file.indexes(name + ".codes", MISSING, dictionary.size()), dictionary);
    }

    @Override
    public ColumnKind kind() {
        return ColumnKind.CATEGORY;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean present(int row) {
        return code(row) != MISSING;
    }

    /** The code of {@code row}, 0 to {@link #cardinality} - 1, or {@link #MISSING}. */
    public int code(int row) {
        return codes.get(row);
    }

    /** Number of distinct values. */
    public int cardinality() {
        return dictionary.size();
    }

    /** The value of {@code code}, decoded; empty for {@link #MISSING}. */
    public String value(int code) {
        return code == MISSING ? "" : dictionary.value(code);
    }

    /** The code of {@code value}, or {@link #MISSING}. */
    public int codeOf(String value) {
        return dictionary.codeOf(value);
    }
}
