package dev.funnel.benchmarks.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.trainer.Progress;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpsertsBenchTest {

    @Test
    void what_is_upserted_is_searched_and_shows(@TempDir Path folder) throws Exception {
        Path root = BenchBundle.train(folder, 300, 1, Progress.SILENT);
        UpsertsBench.Result result = new UpsertsBench(Map.of("als", 50), 400, .5, 1.5)
                .run(root, BenchBundle.NAME, folder.resolve("site"), Progress.SILENT);
        assertEquals(600, result.upserted());
        assertEquals(0, result.missing(), result.toString());
        assertTrue(result.liveShare() > .1, result.toString());
    }
}
