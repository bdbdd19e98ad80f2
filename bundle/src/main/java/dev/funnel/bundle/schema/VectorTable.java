package dev.funnel.bundle.schema;

/**
 * A matrix of rows that features look up; several features may share one.
 *
 * @param name its name, unique in the schema
 * @param width columns of the matrix
 * @param keys what a row stands for
 * @param file bundle file that holds the matrix
 * @param tensor its tensor there, float32 [rows, width]; with {@link Keys#TEXT} the file also holds {@code <tensor>.bytes} and
 *     {@code <tensor>.offsets}, the text of each row
 */
public record VectorTable(String name, int width, Keys keys, String file, String tensor) {
    /** What a row of a table stands for. */
    public enum Keys {
        /** Row number = item index. */
        ITEM,
        /** A text of the table's vocabulary. */
        TEXT
    }
}
