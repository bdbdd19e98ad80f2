package dev.funnel.trainer.read;

import dev.funnel.bundle.TableWriter;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Items or users as read: row r has the id {@code ids[r]} and the r-th value of every column. Rows are in the order of the
 * file, so that the row of an item is its item index.
 */
public record InputTable(String[] ids, SequencedMap<String, InputColumn> columns) {

    public int size() {
        return ids.length;
    }

    /** Adds every column to a table that was begun with the same ids. */
    public void writeTo(TableWriter table) {
        for (Map.Entry<String, InputColumn> column : columns.entrySet()) {
            column.getValue().writeTo(table, column.getKey());
        }
    }
}
