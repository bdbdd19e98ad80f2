package dev.funnel.bundle;

import java.lang.foreign.MemorySegment;

/** The distinct values of a category column in ascending order of their UTF-8 bytes; the code of a value is its position. */
final class Dictionary {
    private final StringVector values;

    private Dictionary(StringVector values) {
        this.values = values;
    }

    /** Reads {@code <column>.values.bytes} and {@code <column>.values.offsets}. */
    static Dictionary read(TensorFile file, String column) throws BundleRefusedException {
        StringVector values = StringVector.read(file, column + ".values");
        for (int code = 1; code < values.size(); code++) {
            if (values.compare(code - 1, code) >= 0) {
                throw file.refused(
                        column + ".values.bytes", "is not in strictly ascending order of UTF-8 bytes at value " + code);
            }
        }
        return new Dictionary(values);
    }

    int size() {
        return values.size();
    }

    String value(int code) {
        return values.value(code);
    }

    int codeOf(String value) {
        MemorySegment key = StringVector.key(value);
        int low = 0;
        int high = values.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int comparison = values.compare(middle, key);
            if (comparison == 0) {
                return middle;
            }
            if (comparison < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }
}
