package dev.funnel.bundle.schema;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A matrix of rows that features look up; several features may share one.
 *
 * @param name its name, unique in the schema
 * @param width columns of the matrix; 0: there is no matrix, the table only numbers keys for {@link IndexFeature}s
 * @param keys what a row stands for
 * @param file bundle file that holds what there is of matrix and vocabulary; empty if there is neither
 * @param tensor its tensor there, float32 [rows, width]; with {@link Keys#TEXT} the file also holds {@code <tensor>.bytes} and
 *     {@code <tensor>.offsets}, the text of each row
 * @param buckets rows of a table with {@link Keys#HASH}; 0 with other keys
 */
public record VectorTable(
        String name,
        int width,
        Keys keys,
        String file,
        String tensor,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int buckets) {
    /** What a row of a table stands for. */
    public enum Keys {
        /** Row number = item index. */
        ITEM,
        /** A text of the table's vocabulary; any other text is out of vocabulary. */
        TEXT,
        /** All texts of one bucket: FNV-1a of the text's UTF-8 bytes, 64 bits, unsigned, modulo the number of buckets. */
        HASH
    }

    /** A table that does not hash. */
    public VectorTable(String name, int width, Keys keys, String file, String tensor) {
        this(name, width, keys, file, tensor, 0);
    }

    /** True if a bundle holds a matrix or a vocabulary for it. */
    @JsonIgnore
    public boolean stored() {
        return width > 0 || keys == Keys.TEXT;
    }
}
