package dev.funnel.trainer.read;

import java.time.Instant;
import java.util.List;

/** What may be wrong with a cell. */
final class Rules {

    static final int LONGEST_ID_BYTES = 128;

    private static final Instant EARLIEST = Instant.parse("1971-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");
    private static final double LARGEST_FLOAT = 3e38;

    private Rules() {}

    static RowRule given(String column, Cell cell) {
        return RowRule.of(column, "is empty", "NOT (%s)".formatted(cell.given()), cell);
    }

    static RowRule atMostBytes(String column, Cell cell, int most) {
        String bytes = "octet_length(encode(%s)) > %d".formatted(cell.text(), most);
        return RowRule.of(column, "is longer than " + most + " bytes", bytes, cell);
    }

    static List<RowRule> id(String column, Cell cell) {
        return List.of(given(column, cell), atMostBytes(column, cell, LONGEST_ID_BYTES));
    }

    /** A number, if there is one, is a number and finite. */
    static List<RowRule> number(String column, Cell cell) {
        String number = cell.number();
        return List.of(
                RowRule.of(column, "is not a number", "(%s) AND (%s) IS NULL".formatted(cell.given(), number), cell),
                RowRule.of(
                        column,
                        "is not finite",
                        "NOT coalesce(abs(%s) < %s, true)".formatted(number, LARGEST_FLOAT),
                        cell));
    }

    static RowRule atLeast(String column, Cell cell, int least) {
        String rule = least == 0 ? "is negative" : "is below " + least;
        return RowRule.of(column, rule, "(%s) < %d".formatted(cell.number(), least), cell);
    }

    static RowRule atMost(String column, Cell cell, int most) {
        return RowRule.of(column, "is above %,d".formatted(most), "(%s) > %d".formatted(cell.number(), most), cell);
    }

    /** A time, if there is one, is a time, and of this age of the world. */
    static List<RowRule> time(String column, Cell cell) {
        String time = cell.timeMs();
        return List.of(
                RowRule.of(column, "is not a time", "(%s) AND (%s) IS NULL".formatted(cell.given(), time), cell),
                RowRule.of(
                        column,
                        "is not between 1971 and 2100",
                        "(%1$s) < %2$d OR (%1$s) >= %3$d"
                                .formatted(time, EARLIEST.toEpochMilli(), LATEST.toEpochMilli()),
                        cell));
    }

    static RowRule flag(String column, Cell cell) {
        return RowRule.of(
                column,
                "is neither true nor false",
                "(%s) AND (%s) IS NULL".formatted(cell.given(), cell.flag()),
                cell);
    }

    /** The id, which is given, is one of a known table. */
    static RowRule known(String column, Cell cell, String index, String table) {
        return RowRule.of(column, "is not in " + table, index + " IS NULL", cell);
    }
}
