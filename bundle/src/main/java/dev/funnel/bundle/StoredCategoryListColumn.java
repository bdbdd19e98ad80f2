package dev.funnel.bundle;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

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

    /** As inherited; written out so that the compiler sees what memory it is. */
    @Override
    public int ends(int[] rows, int from, int to, int[] ends) {
        MemorySegment stored = offsets.segment();
        int end = 0;
        for (int i = from; i < to; i++) {
            if (rows[i] >= 0) {
                end += (int) (stored.getAtIndex(ValueLayout.JAVA_LONG, rows[i] + 1L)
                        - stored.getAtIndex(ValueLayout.JAVA_LONG, rows[i]));
            }
            ends[i - from] = end;
        }
        return end;
    }

    /** As inherited; written out like {@link #ends}. */
    @Override
    public void read(int[] rows, int from, int to, int[] into) {
        MemorySegment stored = codes.segment();
        int at = 0;
        for (int i = from; i < to; i++) {
            long end = rows[i] < 0 ? 0 : offsets.get(rows[i] + 1L);
            for (long code = rows[i] < 0 ? 0 : offsets.get(rows[i]); code < end; code++) {
                into[at++] = stored.getAtIndex(ValueLayout.JAVA_INT, code);
            }
        }
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
