package dev.funnel.trainer.train;

import dev.funnel.bundle.TableWriter;
import dev.funnel.bundle.TimeColumn;
import dev.funnel.trainer.read.InputColumn;
import dev.funnel.trainer.read.InputTable;
import dev.funnel.trainer.read.InteractionKinds;
import dev.funnel.trainer.read.InteractionLog;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Columns of the item table that follow from the catalogue and the log, for rules and predicates: {@value #UPLOADER_SIZE}, small,
 * medium or large as the uploader is among the lower, middle or upper third of uploaders by number of items (equal numbers fall
 * into the lower third), and {@value #LAST_VIEWED}, when the item was last watched by anyone. A column that the input has under
 * that name stands.
 */
final class DerivedColumns {
    static final String UPLOADER_SIZE = "uploader_size";
    static final String LAST_VIEWED = "last_viewed_at";

    private static final String UPLOADER = "uploader";

    private DerivedColumns() {}

    /** Adds them to a table of the items. */
    static void addTo(TableWriter table, InputTable items, InteractionLog log) {
        if (!items.columns().containsKey(UPLOADER_SIZE)
                && items.columns().get(UPLOADER) instanceof InputColumn.Categories uploaders) {
            table.category(UPLOADER_SIZE, sizes(uploaders.values()));
        }
        if (!items.columns().containsKey(LAST_VIEWED) && log.timed()) {
            table.time(LAST_VIEWED, lastViewed(items.size(), log));
        }
    }

    static String[] sizes(String[] uploaders) {
        Map<String, Integer> counts = new HashMap<>();
        for (String uploader : uploaders) {
            counts.merge(uploader, 1, Integer::sum);
        }
        counts.remove("");
        int[] sorted =
                counts.values().stream().mapToInt(Integer::intValue).sorted().toArray();
        String[] sizes = new String[uploaders.length];
        for (int item = 0; item < sizes.length; item++) {
            int count = counts.getOrDefault(uploaders[item], 0);
            sizes[item] = count == 0 ? "" : size(count, sorted);
        }
        return sizes;
    }

    private static String size(int count, int[] sorted) {
        if (count <= sorted[(sorted.length - 1) / 3]) {
            return "small";
        }
        return count <= sorted[2 * (sorted.length - 1) / 3] ? "medium" : "large";
    }

    private static long[] lastViewed(int items, InteractionLog log) {
        long[] last = new long[items];
        Arrays.fill(last, TimeColumn.MISSING);
        for (int i = 0; i < log.size(); i++) {
            if (log.kinds()[i] == InteractionKinds.WATCH) {
                last[log.items()[i]] = Math.max(last[log.items()[i]], log.timesMs()[i]);
            }
        }
        return last;
    }
}
