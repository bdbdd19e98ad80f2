package dev.funnel.bundle;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The stored rows of a column of codes into a dictionary of distinct values. */
final class StoredCategoryColumn implements CategoryColumn {
    private final IntVector codes;
    private final Dictionary dictionary;
    private final int size;

    private StoredCategoryColumn(IntVector codes, Dictionary dictionary) {
        this.codes = codes;
        this.dictionary = dictionary;
        this.size = Math.toIntExact(codes.size());
    }

    static StoredCategoryColumn read(TensorFile file, String name, int rows) throws BundleRefusedException {
        Dictionary dictionary = Dictionary.read(file, name);
        file.ints(name + ".codes", rows);
        return new StoredCategoryColumn(file.indexes(name + ".codes", MISSING, dictionary.size()), dictionary);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int code(int row) {
        return codes.get(row);
    }

    /** As inherited; written out so that the compiler sees what memory it is. */
    @Override
    public void read(int[] rows, int from, int to, int[] into) {
        MemorySegment stored = codes.segment();
        for (int i = from; i < to; i++) {
            into[i - from] = rows[i] < 0 ? MISSING : stored.getAtIndex(ValueLayout.JAVA_INT, rows[i]);
        }
    }

    @Override
    public int cardinality() {
        return dictionary.size();
    }

    @Override
    public String value(int code) {
        return code == MISSING ? "" : dictionary.value(code);
    }

    @Override
    public int codeOf(String value) {
        return dictionary.codeOf(value);
    }
}
