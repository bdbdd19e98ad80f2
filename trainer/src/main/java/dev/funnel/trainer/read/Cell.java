package dev.funnel.trainer.read;

/**
 * A column of an input file as SQL that reads it as text, number, time, flag or list, whatever it was stored as. Each
 * reading is NULL where the cell is empty or is not such a thing; which of both, {@link #given} tells.
 *
 * @param column quoted name
 * @param type DuckDB's name of the stored type
 */
record Cell(String column, String type) {

    /** Separates the values of a list that is read as one text. */
    static final char UNIT_SEPARATOR = '\u001F';

    /** What an absent column reads as. */
    static final Cell ABSENT = new Cell("NULL::VARCHAR", "VARCHAR");

    static Cell of(String name, String type) {
        return new Cell(Sql.name(name), type);
    }

    /** The same, zero read as nothing: an unknown time is often written so. */
    Cell unlessZero() {
        return isNumber()
                ? new Cell("nullif(%s, 0)".formatted(column), type)
                : isText() ? new Cell("CASE WHEN %1$s <> '0' THEN %1$s END".formatted(column), type) : this;
    }

    boolean isText() {
        return type.equals("VARCHAR");
    }

    boolean isList() {
        return type.endsWith("[]");
    }

    boolean isTime() {
        return type.startsWith("TIMESTAMP") || type.equals("DATE");
    }

    boolean isNumber() {
        return type.startsWith("DECIMAL")
                || switch (type) {
                    case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT" -> true;
                    case "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT" -> true;
                    case "FLOAT", "DOUBLE" -> true;
                    default -> false;
                };
    }

    boolean isFlag() {
        return type.equals("BOOLEAN");
    }

    /** Whether the cell holds anything. */
    String given() {
        return isText() ? "coalesce(%s, '') <> ''".formatted(column) : column + " IS NOT NULL";
    }

    /** As it stands, for people to read. */
    String shown() {
        return "left(%s::VARCHAR, 200)".formatted(column);
    }

    String text() {
        return isText() ? "nullif(%s, '')".formatted(column) : column + "::VARCHAR";
    }

    /** As a double, which may be infinite or NaN. */
    String number() {
        return isFlag() ? column + "::INTEGER::DOUBLE" : "TRY_CAST(%s AS DOUBLE)".formatted(column);
    }

    /**
     * As milliseconds since 1970. Texts are ISO 8601, in UTC unless they say otherwise; numbers are seconds below 1e11 and
     * milliseconds from there.
     */
    String timeMs() {
        if (isTime()) {
            return "epoch_ms(%s::TIMESTAMPTZ)".formatted(column);
        }
        String number = number();
        String fromNumber =
                "CASE WHEN abs(%1$s) < 1e11 THEN (%1$s * 1000)::BIGINT WHEN abs(%1$s) < 1e15 THEN (%1$s)::BIGINT END"
                        .formatted(number);
        return isText()
                ? "coalesce(epoch_ms(TRY_CAST(%s AS TIMESTAMPTZ)), %s)".formatted(column, fromNumber)
                : fromNumber;
    }

    String flag() {
        return "TRY_CAST(%s AS BOOLEAN)".formatted(column);
    }

    /**
     * As one text of the list's values, {@link #UNIT_SEPARATOR} between them. Texts are JSON lists, or values between
     * brackets and commas, or values between bars.
     */
    String list() {
        return "array_to_string(%s, chr(31))".formatted(isList() ? column + "::VARCHAR[]" : listOfText());
    }

    private String listOfText() {
        return """
                CASE WHEN %1$s NOT LIKE '[%%' THEN string_split(%1$s, '|')
                WHEN json_valid(%1$s) THEN json_extract_string(%1$s, '$[*]')
                ELSE list_transform(string_split(%1$s[2:-2], ','), lambda x: trim(x, ' ''"')) END""".formatted(text());
    }
}
