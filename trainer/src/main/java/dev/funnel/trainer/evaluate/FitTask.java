package dev.funnel.trainer.evaluate;

import dev.funnel.trainer.Progress;
import dev.funnel.trainer.fit.SparseRows;
import dev.funnel.trainer.read.InputTable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a system under evaluation is given to fit on.
 *
 * @param train users x items, the weight of each interaction; rows and columns are those of the tables
 * @param users ids and, where the data has them, side features of the users
 * @param items ids and, where the data has them, side features of the items
 * @param settings what was asked for instead of the system's defaults
 * @param seed of everything random
 * @param threads at least 1
 * @param progress to be advanced, at least about once a second
 * @param notes where the system writes what a reader of its figures has to know, by name
 */
public record FitTask(
        SparseRows train,
        InputTable users,
        InputTable items,
        Overrides settings,
        long seed,
        int threads,
        Progress progress,
        Map<String, String> notes) {

    public FitTask {
        if (users.size() != train.rows() || items.size() != train.columns()) {
            throw new IllegalArgumentException("train is %,d x %,d, but there are %,d users and %,d items"
                    .formatted(train.rows(), train.columns(), users.size(), items.size()));
        }
    }

    /** A task without side features and without notes yet. */
    public static FitTask of(SparseRows train, Overrides settings, long seed, int threads, Progress progress) {
        return new FitTask(
                train,
                numbered(train.rows()),
                numbered(train.columns()),
                settings,
                seed,
                threads,
                progress,
                new LinkedHashMap<>());
    }

    /** A table of rows that are named by their numbers and have no columns. */
    static InputTable numbered(int rows) {
        String[] ids = new String[rows];
        for (int row = 0; row < rows; row++) {
            ids[row] = Integer.toString(row);
        }
        return new InputTable(ids, new LinkedHashMap<>());
    }

    /**
     * Notes the settings that the figures are made with; to be called when all have been read, before the fit.
     *
     * @throws IllegalArgumentException naming those asked for that the system does not have
     */
    public void noteSettings(Object used) {
        settings.requireAllRead();
        notes.put("settings", used.toString());
    }
}
