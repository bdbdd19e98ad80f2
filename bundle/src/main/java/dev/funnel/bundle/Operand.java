package dev.funnel.bundle;

/** What a predicate compares a column with: a constant, or a field of the query ({@link QueryField}). */
public sealed interface Operand permits Operand.Text, Operand.Number, Operand.Time, QueryField {
    /** A text, for columns of texts, categories and category lists. */
    record Text(String value) implements Operand {}

    /** A finite number, for number columns; compared as a 32-bit float, as the columns are. */
    @SuppressWarnings("JavaLangClash") // the contract's word
    record Number(double value) implements Operand {}

    /** An instant in milliseconds since 1970-01-01T00:00:00Z, for time columns. */
    record Time(long millis) implements Operand {}
}
