package dev.funnel.trainer.read;

import dev.funnel.bundle.ColumnKind;
import dev.funnel.bundle.TimeColumn;
import dev.funnel.bundle.live.ColumnValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A column of items in the making, of which some rows come from a file and some from the item log. */
final class LoggedColumn {

    /** No row of the file. */
    static final int NONE = -1;

    private final ColumnKind kind;
    private final @Nullable InputColumn file;
    private final String[] texts;
    private final List<List<String>> lists;
    private final float[] numbers;
    private final long[] times;

    /** Every row missing. @param file null: the file does not have the column */
    LoggedColumn(ColumnKind kind, @Nullable InputColumn file, int rows) {
        this.kind = kind;
        this.file = file;
        this.texts = new String[isText() ? rows : 0];
        this.lists =
                kind == ColumnKind.CATEGORY_LIST ? new ArrayList<>(Collections.nCopies(rows, List.of())) : List.of();
        this.numbers = new float[kind == ColumnKind.NUMBER ? rows : 0];
        this.times = new long[kind == ColumnKind.TIME ? rows : 0];
        Arrays.fill(texts, "");
        Arrays.fill(numbers, Float.NaN);
        Arrays.fill(times, TimeColumn.MISSING);
    }

    /** Takes over a row of the file. */
    void copy(int row, int fileRow) {
        if (file == null || fileRow == NONE) {
            return;
        }
        switch (file) {
            case InputColumn.Texts column -> texts[row] = column.values()[fileRow];
            case InputColumn.Categories column -> texts[row] = column.values()[fileRow];
            case InputColumn.CategoryLists column ->
                lists.set(row, column.values().get(fileRow));
            case InputColumn.Numbers column -> numbers[row] = column.values()[fileRow];
            case InputColumn.Times column -> times[row] = column.values()[fileRow];
        }
    }

    /** Sets a row to what an item was given; false if that does not suit the column. */
    boolean set(int row, ColumnValue given) {
        switch (given) {
            case ColumnValue.Text(String text) when isText() -> texts[row] = text;
            case ColumnValue.Text(String text)
            when kind == ColumnKind.CATEGORY_LIST -> lists.set(row, text.isEmpty() ? List.of() : List.of(text));
            case ColumnValue.Texts categories
            when kind == ColumnKind.CATEGORY_LIST -> lists.set(row, categories.values());
            case ColumnValue.Number(double number) when kind == ColumnKind.NUMBER -> numbers[row] = (float) number;
            case ColumnValue.Time(long millis) when kind == ColumnKind.TIME -> times[row] = millis;
            default -> {
                return false;
            }
        }
        return true;
    }

    InputColumn column() {
        return switch (kind) {
            case TEXT -> new InputColumn.Texts(texts);
            case CATEGORY -> new InputColumn.Categories(texts);
            case CATEGORY_LIST -> new InputColumn.CategoryLists(lists);
            case NUMBER -> new InputColumn.Numbers(numbers);
            case TIME -> new InputColumn.Times(times);
        };
    }

    private boolean isText() {
        return kind == ColumnKind.TEXT || kind == ColumnKind.CATEGORY;
    }
}
