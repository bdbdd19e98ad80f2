package dev.funnel.inference.feature;

/** Which row of a table a text has. */
public sealed interface TextRows permits Vocabulary, HashedTexts {
    /** The row of a text, or {@link Vocabulary#UNKNOWN}. */
    int row(String text);

    /** Which row the values of a cross have. */
    CrossRows crosses();

    /** The row of every code of a column from {@code first} on, or {@link Vocabulary#UNKNOWN}. */
    default int[] rows(ItemCodes column, int first) {
        int[] rowOfCode = new int[column.cardinality() - first];
        for (int i = 0; i < rowOfCode.length; i++) {
            rowOfCode[i] = row(column.text(first + i));
        }
        return rowOfCode;
    }
}
