package dev.funnel.cli.console;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table in plain text: columns as wide as their widest cell, cut at a bound, numbers to the right. */
public final class TextTable {

    private static final int MAX_CELL = 110;

    private final List<String> header;
    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(String... header) {
        this.header = List.of(header);
    }

    /** Adds a row, one cell per column. */
    public TextTable row(Object... cells) {
        if (cells.length != header.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + header.size() + " columns");
        }
        rows.add(Arrays.stream(cells).map(TextTable::cut).toList());
        return this;
    }

    /** The lines of the table, the header first. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(line(header));
        lines.add(IntStream.range(0, header.size())
                .mapToObj(column -> "-".repeat(width(column)))
                .collect(Collectors.joining("  ")));
        rows.forEach(row -> lines.add(line(row)));
        return lines;
    }

    private String line(List<String> cells) {
        return IntStream.range(0, cells.size())
                .mapToObj(column -> pad(cells.get(column), width(column), isNumeric(column)))
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }

    private int width(int column) {
        return Math.max(
                header.get(column).length(),
                rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
    }

    private boolean isNumeric(int column) {
        return !rows.isEmpty()
                && rows.stream().map(row -> row.get(column)).allMatch(cell -> cell.matches("-?[0-9.,%]*"));
    }

    private static String pad(String cell, int width, boolean right) {
        String blank = " ".repeat(width - cell.length());
        return right ? blank + cell : cell + blank;
    }

    private static String cut(Object cell) {
        String text = String.valueOf(cell).replaceAll("\\p{Cntrl}", " ");
        return text.length() <= MAX_CELL ? text : text.substring(0, MAX_CELL - 3) + "...";
    }
}
