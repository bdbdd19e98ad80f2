package dev.funnel.trainer.read;

import dev.funnel.bundle.ColumnKind;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.live.ColumnValue;
import dev.funnel.bundle.live.ItemChange;
import dev.funnel.bundle.live.Upsert;
import dev.funnel.bundle.log.ItemLogReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * The catalogue with what the item log says of it: items that were added are rows behind those of the file, changed ones have the
 * values last given, removed ones have no row. Vectors and watchers are not taken over: generators are fitted anew, on interactions that
 * come by themselves.
 */
final class LoggedItems {

    private final InputTable file;
    private final Map<String, Integer> rowOf = new HashMap<>();
    private final SequencedMap<String, Changed> changed = new LinkedHashMap<>();
    private long entries;
    private long unsuited;

    /** What the log says of one item: whether the file's row still counts, whether it is there, and what it was given. */
    private static final class Changed {
        boolean ofFile;
        boolean there;
        final Map<String, ColumnValue> values = new HashMap<>();
    }

    /**
     * A catalogue.
     *
     * @param removed ids that the file or the log knew and that are gone
     * @param position of the newest entry read
     */
    record Applied(InputTable table, Set<String> removed, long position, FileReport report) {}

    private LoggedItems(InputTable file) {
        this.file = file;
        for (int row = 0; row < file.size(); row++) {
            rowOf.put(file.ids()[row], row);
        }
    }

    /** The file as it is. */
    static Applied none(InputTable file) {
        return new Applied(file, Set.of(), 0, new FileReport("", 0, List.of(), List.of(), List.of()));
    }

    /** @throws InputRefusedException if the folder holds no sound item log */
    static Applied applied(InputTable file, Path folder) throws IOException {
        LoggedItems items = new LoggedItems(file);
        long position;
        try {
            position = ItemLogReader.read(folder, entry -> items.take(entry.change()));
        } catch (IOException e) {
            throw new InputRefusedException(folder, String.valueOf(e.getMessage()));
        }
        return items.applied(folder, position);
    }

    private void take(ItemChange change) {
        entries++;
        String id = change.item().value();
        Changed item = changed.computeIfAbsent(id, this::unchanged);
        switch (change.change()) {
            case Upsert upsert -> {
                item.there = true;
                item.values.putAll(upsert.values());
            }
            case ItemChange.Remove() -> {
                item.there = false;
                item.ofFile = false;
                item.values.clear();
            }
        }
    }

    private Changed unchanged(String id) {
        Changed item = new Changed();
        item.ofFile = rowOf.containsKey(id);
        item.there = item.ofFile;
        return item;
    }

    private Applied applied(Path folder, long position) {
        List<String> ids = new ArrayList<>();
        List<Integer> fileRows = new ArrayList<>();
        Set<String> removed = new LinkedHashSet<>();
        for (String id : file.ids()) {
            Changed item = changed.get(id);
            if (item == null || item.ofFile) {
                ids.add(id);
                fileRows.add(rowOf.get(id));
            }
        }
        changed.forEach((id, item) -> {
            if (!item.there) {
                removed.add(id);
            } else if (!item.ofFile) {
                ids.add(id);
                fileRows.add(LoggedColumn.NONE);
            }
        });
        SequencedMap<String, InputColumn> columns = new LinkedHashMap<>();
        Map<String, ColumnKind> kinds = kinds();
        kinds.forEach((name, kind) -> columns.put(name, column(name, kind, ids, fileRows)));
        InputTable table = new InputTable(ids.toArray(String[]::new), columns);
        return new Applied(table, removed, position, report(folder, kinds));
    }

    /** The file's columns, and the standard ones that only the log gives. */
    private SequencedMap<String, ColumnKind> kinds() {
        SequencedMap<String, ColumnKind> kinds = new LinkedHashMap<>();
        file.columns().forEach((name, column) -> kinds.put(name, column.kind()));
        Map<String, ColumnKind> further = new TreeMap<>(ItemTable.STANDARD);
        further.keySet().removeIf(name -> kinds.containsKey(name) || !given(name));
        kinds.putAll(further);
        return kinds;
    }

    private boolean given(String column) {
        return changed.values().stream().anyMatch(item -> item.values.containsKey(column));
    }

    private InputColumn column(String name, ColumnKind kind, List<String> ids, List<Integer> fileRows) {
        LoggedColumn rows = new LoggedColumn(kind, file.columns().get(name), ids.size());
        for (int row = 0; row < ids.size(); row++) {
            Changed item = changed.get(ids.get(row));
            ColumnValue given = item == null ? null : item.values.get(name);
            if (given == null || !rows.set(row, given)) {
                unsuited += given == null ? 0 : 1;
                rows.copy(row, fileRows.get(row));
            }
        }
        return rows.column();
    }

    private FileReport report(Path folder, Map<String, ColumnKind> kinds) {
        long unknown = changed.values().stream()
                .flatMap(item -> item.values.keySet().stream())
                .filter(name -> !kinds.containsKey(name))
                .count();
        List<FileReport.SetAside> setAside = new ArrayList<>();
        if (unknown > 0) {
            setAside.add(new FileReport.SetAside("values of columns that the file of items does not have", unknown));
        }
        if (unsuited > 0) {
            setAside.add(new FileReport.SetAside("values of another kind than the column of the file", unsuited));
        }
        return new FileReport(folder.toString(), entries, List.of(), setAside, List.of());
    }
}
