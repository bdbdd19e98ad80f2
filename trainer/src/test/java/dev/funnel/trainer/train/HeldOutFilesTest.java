package dev.funnel.trainer.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.trainer.Progress;
import dev.funnel.trainer.evaluate.EvaluationResult;
import dev.funnel.trainer.evaluate.FullSplit;
import dev.funnel.trainer.evaluate.OfflineEvaluation;
import dev.funnel.trainer.evaluate.OfflineSystem;
import dev.funnel.trainer.evaluate.OfflineSystems;
import dev.funnel.trainer.evaluate.Overrides;
import dev.funnel.trainer.read.InputRefusedException;
import dev.funnel.trainer.read.InteractionFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HeldOutFilesTest {

    private static final String TRAIN = "user_id,item_id,weight\nu1,a,2\nu1,b,1\nu2,a,1\nu2,a,1\n";

    @TempDir
    private Path folder;

    private FullSplit read(String train, String test) throws IOException {
        Path trainFile = Files.writeString(folder.resolve("train.csv"), train);
        Path testFile = Files.writeString(folder.resolve("test.csv"), test);
        return HeldOutFiles.read(new InteractionFiles.Paths(trainFile, testFile, null, null), 2, Progress.SILENT);
    }

    @Test
    void users_and_items_are_those_of_both_files_in_order_of_appearance() throws IOException {
        FullSplit split = read(TRAIN, "user_id,item_id\nu3,c\nu2,b\nu1,c\n");
        assertArrayEquals(new String[] {"u1", "u2", "u3"}, split.users().ids());
        assertArrayEquals(new String[] {"a", "b", "c"}, split.items().ids());
        assertArrayEquals(new int[][] {{2}, {1}, {2}}, split.heldOut());
        assertEquals("1", split.notes().get("evaluated_users_without_training"));
    }

    @Test
    void weights_of_the_training_file_add_up() throws IOException {
        FullSplit split = read(TRAIN, "user_id,item_id\nu1,c\n");
        assertArrayEquals(new float[] {2, 1}, split.train().valuesOf(0));
        assertArrayEquals(new float[] {2}, split.train().valuesOf(1));
    }

    @Test
    void what_is_also_in_the_training_file_is_not_asked_for() throws IOException {
        FullSplit split = read(TRAIN, "user_id,item_id\nu1,a\nu1,c\nu2,a\n");
        assertArrayEquals(new int[][] {{2}, {}}, split.heldOut());
        assertEquals("2", split.notes().get("test_interactions_also_in_train"));
        assertEquals("1", split.notes().get("evaluated_users"));
    }

    @Test
    void a_dislike_is_neither_fitted_on_nor_asked_for() throws IOException {
        FullSplit split = read(
                "user_id,item_id,kind\nu1,a,watch\nu1,b,dislike\n", "user_id,item_id,kind\nu1,b,dislike\nu1,c,click\n");
        assertArrayEquals(new int[] {0}, split.train().columnsOf(0));
        assertArrayEquals(new int[][] {{2}}, split.heldOut());
    }

    @Test
    void a_missing_column_is_refused_by_name() {
        InputRefusedException refusal =
                assertThrows(InputRefusedException.class, () -> read(TRAIN, "user_id,item\nu1,c\n"));
        assertTrue(String.valueOf(refusal.getMessage()).contains("test.csv: column 'item_id' is missing"));
    }

    @Test
    void every_system_is_measured_on_it() throws IOException {
        FullSplit split = read(TRAIN, "user_id,item_id\nu1,c\nu2,b\nu3,a\n");
        OfflineEvaluation evaluation = OfflineEvaluation.read(progress -> split, 42, 2, Progress.SILENT);
        for (OfflineSystem system : OfflineSystems.ALL) {
            EvaluationResult result = evaluation.evaluate(system, Overrides.none());
            double hits = result.metrics().getOrDefault("hr@2", Double.NaN);
            assertTrue(hits >= 0 && hits <= 1, result.toString());
            assertTrue(result.memory().heapBytes() > 0);
        }
    }
}
