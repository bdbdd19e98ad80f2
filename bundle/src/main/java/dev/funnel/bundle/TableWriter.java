package dev.funnel.bundle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a table, rows with external ids and typed columns, as one safetensors file. Every column has one value a row; the empty text, the
 * empty list, NaN and {@link TimeColumn#MISSING} are missing values. The tensors, for n rows:
 *
 * <ul>
 *   <li>ids: {@code id.bytes} U8, {@code id.offsets} I64 [n+1], {@code id.order} I32 [n], the rows by ascending unsigned bytes;
 *   <li>text: {@code <c>.bytes} U8, {@code <c>.offsets} I64 [n+1];
 *   <li>category: {@code <c>.codes} I32 [n], -1 is missing; {@code <c>.values.bytes}, {@code <c>.values.offsets}: the
 *       distinct values in ascending order of unsigned bytes;
 *   <li>category_list: {@code <c>.offsets} I64 [n+1], {@code <c>.codes} I32, and the values as above;
 *   <li>number: {@code <c>.values} F32 [n], {@code <c>.present} U8 [n], 0 or 1;
 *   <li>time: {@code <c>.millis} I64 [n];
 *   <li>histories, for users: {@code history.offsets} I64 [n+1], {@code history.items} I32, {@code history.times_ms} I64,
 *       {@code history.kinds} U8, {@code history.watched_ms} I64, {@code history.weights} F32, newest first.
 * </ul>
 */
public final class TableWriter {
    private final TensorFileWriter file;
    private final int rows;

    /** A writer of {@code path}, which must not exist yet, for the rows {@code ids}, which must be distinct. */
    public TableWriter(Path path, String[] ids) {
        this.file = new TensorFileWriter(path);
        this.rows = ids.length;
        addIds(ids);
    }

    private void addIds(String[] ids) {
        for (String id : ids) {
            ExternalIds.check("id", id);
        }
        EncodedStrings encoded = EncodedStrings.of(ids);
        int[] order = encoded.order();
        for (int i = 1; i < order.length; i++) {
            if (encoded.same(order[i - 1], order[i])) {
                throw new IllegalArgumentException(
                        "id " + ids[order[i]] + " stands twice, in rows " + order[i - 1] + " and " + order[i]);
            }
        }
        encoded.addTo(file, "id");
        file.add("id.order", order);
    }

    /** Adds a column of texts; the empty text is a missing one. */
    public TableWriter text(String name, String[] values) {
        column(name, ColumnKind.TEXT, values.length);
        EncodedStrings.of(values).addTo(file, name);
        return this;
    }

    /** Adds a column of categories; the empty text is a missing one. */
    public TableWriter category(String name, String[] values) {
        Map<String, Integer> codes = new HashMap<>();
        int[] coded = new int[values.length];
        for (int row = 0; row < values.length; row++) {
            coded[row] = codes.computeIfAbsent(values[row], value -> codes.size());
        }
        return category(name, coded, inOrder(codes));
    }

    /** Adds a column of categories as {@code codes} into {@code dictionary}, in any order; -1 and the empty text are missing. */
    public TableWriter category(String name, int[] codes, String[] dictionary) {
        column(name, ColumnKind.CATEGORY, codes.length);
        int[] sorted = addDictionary(name, dictionary);
        file.add(
                name + ".codes",
                Arrays.stream(codes).map(code -> code < 0 ? -1 : sorted[code]).toArray());
        return this;
    }

    /** Adds a column of category lists; empty texts in a list are left out. */
    public TableWriter categoryList(String name, List<List<String>> values) {
        Map<String, Integer> codes = new HashMap<>();
        long[] offsets = new long[values.size() + 1];
        List<Integer> coded = new ArrayList<>();
        for (int row = 0; row < values.size(); row++) {
            for (String value : values.get(row)) {
                coded.add(codes.computeIfAbsent(value, v -> codes.size()));
            }
            offsets[row + 1] = coded.size();
        }
        return categoryList(
                name, offsets, coded.stream().mapToInt(Integer::intValue).toArray(), inOrder(codes));
    }

    /** Adds a column of category lists: row r holds {@code codes[offsets[r]]} to {@code codes[offsets[r + 1] - 1]}. */
    public TableWriter categoryList(String name, long[] offsets, int[] codes, String[] dictionary) {
        column(name, ColumnKind.CATEGORY_LIST, offsets.length - 1);
        int[] sorted = addDictionary(name, dictionary);
        int[] kept = new int[codes.length];
        long[] keptOffsets = new long[offsets.length];
        int size = 0;
        for (int row = 0; row < rows; row++) {
            for (long at = offsets[row]; at < offsets[row + 1]; at++) {
                int code = sorted[codes[Math.toIntExact(at)]];
                if (code >= 0) {
                    kept[size++] = code;
                }
            }
            keptOffsets[row + 1] = size;
        }
        file.add(name + ".offsets", keptOffsets).add(name + ".codes", Arrays.copyOf(kept, size));
        return this;
    }

    /** Adds a column of numbers; NaN is a missing one, infinity is refused. */
    public TableWriter number(String name, float[] values) {
        column(name, ColumnKind.NUMBER, values.length);
        float[] known = new float[rows];
        byte[] present = new byte[rows];
        for (int row = 0; row < rows; row++) {
            if (Float.isInfinite(values[row])) {
                throw new IllegalArgumentException("column " + name + " is infinite in row " + row);
            }
            present[row] = (byte) (Float.isNaN(values[row]) ? 0 : 1);
            known[row] = present[row] == 0 ? 0 : values[row];
        }
        file.add(name + ".values", known).add(name + ".present", present);
        return this;
    }

    /** Adds a column of instants in milliseconds; {@link TimeColumn#MISSING} is a missing one. */
    public TableWriter time(String name, long[] millis) {
        column(name, ColumnKind.TIME, millis.length);
        file.add(name + ".millis", millis);
        return this;
    }

    /** Adds what each user did, one history a row, newest first. */
    public TableWriter histories(List<History> histories) {
        long[] offsets = new long[histories.size() + 1];
        for (int row = 0; row < histories.size(); row++) {
            offsets[row + 1] = offsets[row] + histories.get(row).size();
        }
        int total = Math.toIntExact(offsets[histories.size()]);
        History all = new History(new int[total], new long[total], new byte[total], new long[total], new float[total]);
        for (int row = 0; row < histories.size(); row++) {
            copy(histories.get(row), all, (int) offsets[row]);
        }
        return histories(offsets, all);
    }

    /** Adds what each user did: row r is interaction {@code offsets[r]} to {@code offsets[r + 1] - 1} of {@code all}, newest first. */
    public TableWriter histories(long[] offsets, History all) {
        checkRows("history", offsets.length - 1);
        file.add("history.offsets", offsets)
                .add("history.items", all.items())
                .add("history.times_ms", all.timesMs())
                .add("history.kinds", all.kinds())
                .add("history.watched_ms", all.watchedMs())
                .add("history.weights", all.weights());
        return this;
    }

    /** Writes the file. Publishing a draft forces it to the disk. */
    public void write() throws IOException {
        file.write();
    }

    private void column(String name, ColumnKind kind, int length) {
        if (!Table.isColumnName(name)) {
            throw new IllegalArgumentException(
                    "'" + name + "' cannot name a column: [a-z][a-z0-9_]*, not id, not history");
        }
        checkRows(name, length);
        file.metadata(Table.COLUMN_KEY + name, kind.label());
    }

    private void checkRows(String name, int length) {
        if (length != rows) {
            throw new IllegalArgumentException("column " + name + " has " + length + " values for " + rows + " rows");
        }
    }

    /** Adds the distinct values in order and returns the new code of every old one, -1 for the empty text. */
    private int[] addDictionary(String name, String[] dictionary) {
        EncodedStrings encoded = EncodedStrings.of(dictionary);
        int[] codes = new int[dictionary.length];
        int[] distinct = new int[dictionary.length];
        int size = 0;
        for (int old : encoded.order()) {
            if (dictionary[old].isEmpty()) {
                codes[old] = CategoryColumn.MISSING;
                continue;
            }
            if (size == 0 || !encoded.same(distinct[size - 1], old)) {
                distinct[size++] = old;
            }
            codes[old] = size - 1;
        }
        encoded.select(Arrays.copyOf(distinct, size)).addTo(file, name + ".values");
        return codes;
    }

    private static String[] inOrder(Map<String, Integer> codes) {
        String[] values = new String[codes.size()];
        codes.forEach((value, code) -> values[code] = value);
        return values;
    }

    private static void copy(History from, History into, int at) {
        System.arraycopy(from.items(), 0, into.items(), at, from.size());
        System.arraycopy(from.timesMs(), 0, into.timesMs(), at, from.size());
        System.arraycopy(from.kinds(), 0, into.kinds(), at, from.size());
        System.arraycopy(from.watchedMs(), 0, into.watchedMs(), at, from.size());
        System.arraycopy(from.weights(), 0, into.weights(), at, from.size());
    }
}
