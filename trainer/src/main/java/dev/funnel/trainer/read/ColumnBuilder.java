package dev.funnel.trainer.read;

import dev.funnel.bundle.ColumnKind;
import dev.funnel.bundle.TimeColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One column of items or users while it is read: what to ask for, what is wrong with it, and the values so far. */
final class ColumnBuilder {

    private static final int MOST_IN_A_LIST = 256;
    private static final int LONGEST_TEXT_BYTES = 65_536;

    private final String name;
    private final String stored;
    private final ColumnKind kind;
    private final Cell cell;
    private final List<String> texts = new ArrayList<>();
    private final List<List<String>> lists = new ArrayList<>();
    private float[] numbers = new float[64];
    private long[] times = new long[64];
    private int size;

    /** @param stored the column's name in the file; @param name its name in the table */
    ColumnBuilder(String stored, String name, ColumnKind kind, Cell cell) {
        this.stored = stored;
        this.name = name;
        this.kind = kind;
        this.cell = cell;
    }

    String name() {
        return name;
    }

    String stored() {
        return stored;
    }

    /** SQL of what {@link #add} takes. */
    String value() {
        return switch (kind) {
            case TEXT, CATEGORY -> cell.text();
            case CATEGORY_LIST -> cell.list();
            case NUMBER -> cell.number();
            case TIME -> cell.timeMs();
        };
    }

    List<RowRule> rules() {
        return switch (kind) {
            case TEXT, CATEGORY -> List.of(Rules.atMostBytes(stored, cell, LONGEST_TEXT_BYTES));
            case CATEGORY_LIST ->
                List.of(RowRule.of(
                        stored,
                        "has more than " + MOST_IN_A_LIST + " values",
                        "len(string_split(%s, chr(31))) > %d".formatted(cell.list(), MOST_IN_A_LIST),
                        cell));
            case NUMBER -> Rules.number(stored, cell);
            case TIME -> Rules.time(stored, cell);
        };
    }

    void add(ResultSet row, int at) throws SQLException {
        switch (kind) {
            case TEXT, CATEGORY -> texts.add(orEmpty(row, at));
            case CATEGORY_LIST -> lists.add(split(orEmpty(row, at)));
            case NUMBER -> addNumber(row, at);
            case TIME -> addTime(row, at);
        }
        size++;
    }

    InputColumn build() {
        return switch (kind) {
            case TEXT -> new InputColumn.Texts(texts.toArray(String[]::new));
            case CATEGORY -> new InputColumn.Categories(texts.toArray(String[]::new));
            case CATEGORY_LIST -> new InputColumn.CategoryLists(lists);
            case NUMBER -> new InputColumn.Numbers(Arrays.copyOf(numbers, size));
            case TIME -> new InputColumn.Times(Arrays.copyOf(times, size));
        };
    }

    private void addNumber(ResultSet row, int at) throws SQLException {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * size);
        }
        double number = row.getDouble(at);
        numbers[size] = row.wasNull() ? Float.NaN : (float) number;
    }

    private void addTime(ResultSet row, int at) throws SQLException {
        if (size == times.length) {
            times = Arrays.copyOf(times, 2 * size);
        }
        long time = row.getLong(at);
        times[size] = row.wasNull() ? TimeColumn.MISSING : time;
    }

    private static String orEmpty(ResultSet row, int at) throws SQLException {
        String text = row.getString(at);
        return text == null ? "" : text.strip();
    }

    private static List<String> split(String joined) {
        return joined.isEmpty()
                ? List.of()
                : Arrays.stream(joined.split(String.valueOf(Cell.UNIT_SEPARATOR)))
                        .map(String::strip)
                        .filter(value -> !value.isEmpty())
                        .toList();
    }
}
