package dev.funnel.trainer.read;

import dev.funnel.bundle.ItemShards;
import dev.funnel.bundle.TableWriter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/**
 * Items or users as read: row r has the id {@code ids[r]} and the r-th value of every column. Rows are in the order of the
 * file, or in that of {@link #inShards shards}; the row of an item is its item index.
 *
 * @param shards of how many virtual shards the rows are in the order
 */
public record InputTable(String[] ids, SequencedMap<String, InputColumn> columns, int shards) {

    /** Rows in the order of the file. */
    public InputTable(String[] ids, SequencedMap<String, InputColumn> columns) {
        this(ids, columns, 1);
    }

    public int size() {
        return ids.length;
    }

    /** The same rows, those of virtual shard 0 first and so on, within a shard in the order they were in. */
    InputTable inShards(int count) {
        int[] order = IntStream.range(0, ids.length)
                .boxed()
                .sorted(Comparator.comparingInt(row -> ItemShards.of(ids[row], count)))
                .mapToInt(Integer::intValue)
                .toArray();
        SequencedMap<String, InputColumn> ordered = new LinkedHashMap<>();
        columns.forEach((name, column) -> ordered.put(name, column.rows(order)));
        return new InputTable(Arrays.stream(order).mapToObj(row -> ids[row]).toArray(String[]::new), ordered, count);
    }

    /** Adds every column to a table that was begun with the same ids. */
    public void writeTo(TableWriter table) {
        for (Map.Entry<String, InputColumn> column : columns.entrySet()) {
            column.getValue().writeTo(table, column.getKey());
        }
    }
}
