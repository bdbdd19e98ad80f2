package dev.funnel.retrieval.cold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.funnel.bundle.History;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.NumberColumn;
import dev.funnel.bundle.TableWriter;
import dev.funnel.bundle.TensorFile;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnfinishedTest {

    private static final long DAY = 86_400_000;
    private static final long NOW = 100 * DAY;
    private static final byte WATCH = 1;

    @Test
    void begun_within_the_window_and_not_finished_newest_first(@TempDir Path folder) throws Exception {
        Path path = folder.resolve("items.safetensors");
        new TableWriter(path, new String[] {"0", "1", "2", "3", "4"})
                .number("duration_seconds", new float[] {100, 100, 100, 100, Float.NaN})
                .write();
        try (Arena arena = Arena.ofShared()) {
            NumberColumn durations = Objects.requireNonNull(
                    ItemTable.load(TensorFile.open(path, arena)).number("duration_seconds"));
            History history = new History(
                    new int[] {0, 1, 2, 3, 0, 4},
                    new long[] {NOW - DAY, NOW - 2 * DAY, NOW - 3 * DAY, NOW - 20 * DAY, NOW - 4 * DAY, NOW},
                    new byte[] {WATCH, WATCH, WATCH, WATCH, WATCH, WATCH},
                    new long[] {50_000, 95_000, 2_000, 50_000, 95_000, 50_000},
                    new float[] {1, 1, 1, 1, 1, 1});
            Unfinished rule = new Unfinished(.05, .9, 14);
            assertEquals(Map.of(0, .5f), rule.scores(history, durations, NOW));
            assertEquals(Map.of(), rule.scores(history, durations, 0));
            assertEquals(Map.of(), rule.scores(history, null, NOW));
        }
    }

    @Test
    void shares_the_wrong_way_round_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> new Unfinished(.9, .1, 14));
    }
}
