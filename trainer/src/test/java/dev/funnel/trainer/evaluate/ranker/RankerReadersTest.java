package dev.funnel.trainer.evaluate.ranker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.trainer.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RankerReadersTest {
    private static final long SEED = 31;

    @TempDir
    private Path folder;

    @Test
    void frappes_negatives_are_the_positives_lines_with_an_app_the_user_has_not_used() throws IOException {
        RankerFiles.frappe(folder);
        RankerData data = new FrappeReader(folder, SEED).read();
        Examples training = data.training();
        assertEquals(6, training.size());
        for (int row = 0; row < training.size(); row++) {
            int positive = row - row % 3;
            assertEquals(row == positive ? 1 : 0, training.labels()[row]);
            for (int field = 0; field < 10; field++) {
                if (field != 1) {
                    assertEquals(training.fields()[field][positive], training.fields()[field][row]);
                }
            }
            if (row != positive) {
                assertNotEquals(training.fields()[1][positive], training.fields()[1][row], "seed " + SEED);
            }
        }
        assertTrue(String.valueOf(data.notes().get("negatives")).contains("redrawn"), "not said");
        assertEquals(0, data.test().labels()[1]);
    }

    @Test
    void frappes_negatives_are_others_in_each_epoch_and_the_same_again_for_a_seed() throws IOException {
        RankerFiles.frappe(folder);
        RankerData data = new FrappeReader(folder, SEED).read();
        Examples first = data.draws().apply(0);
        Examples second = data.draws().apply(1);
        assertArrayEquals(data.training().fields(), first.fields());
        assertArrayEquals(first.labels(), second.labels());
        assertFalse(Arrays.equals(first.fields()[1], second.fields()[1]), "the same apps, seed " + SEED);
        assertArrayEquals(
                second.fields(),
                new FrappeReader(folder, SEED).read().draws().apply(1).fields());
    }

    @Test
    void frappes_negatives_of_an_epoch_are_not_those_of_another_seed() throws IOException {
        RankerFiles.frappe(folder);
        RankerData data = new FrappeReader(folder, SEED).read();
        RankerData next = new FrappeReader(folder, SEED + 1).read();
        int[] first = next.draws().apply(0).fields()[1];
        assertFalse(Arrays.equals(data.draws().apply(1).fields()[1], first), "the next seed's first, seed " + SEED);
        assertFalse(
                Arrays.equals(
                        data.draws().apply(2).fields()[1], data.draws().apply(1).fields()[1]),
                "two epochs alike, seed " + SEED);
    }

    @Test
    void a_line_that_is_not_as_it_must_be_is_refused_with_file_and_line() throws IOException {
        RankerFiles.frappe(folder);
        String good = "1 3:1 957:1 5040:1 5049:1 5054:1 5055:1 5059:1 5061:1 5077:1 5155:1";
        for (String bad : List.of(
                good.replace("1 3:1", "2 3:1"),
                good.replace("5155:1", "5155:2"),
                good.replace("957:1", "12:1"),
                good + " 5160:1",
                good.replace("5155:1", "99999:1"),
                good.replace("5155:1", "x:1"))) {
            RankerFiles.write(folder.resolve("frappe.test.libfm.gz"), List.of(good, bad));
            IOException refusal = assertThrows(IOException.class, () -> new FrappeReader(folder, SEED).read(), bad);
            assertTrue(
                    String.valueOf(refusal.getMessage()).contains("frappe.test.libfm.gz line 2"), refusal.getMessage());
        }
    }

    @Test
    void adults_codes_and_scales_come_from_the_training_rows_alone() throws IOException {
        List<String> training = new ArrayList<>();
        for (int age = 20; age < 60; age++) {
            training.add(RankerFiles.adult(age, age % 2 == 0 ? "HS-grad" : "Masters", age > 40 ? ">50K" : "<=50K"));
        }
        training.add("");
        RankerFiles.write(folder.resolve("adult.data.gz"), training);
        RankerFiles.write(
                folder.resolve("adult.test.gz"),
                List.of("|1x3 Cross validator", RankerFiles.adult(90, "Doctorate", ">50K.")));
        RankerData data = new AdultReader(folder, SEED).read();
        assertEquals(40, data.training().size() + data.validation().size());
        int education = data.layout().fields().indexOf("education");
        assertEquals(Examples.UNKNOWN, data.test().fields()[education][0]);
        assertEquals(1, data.test().labels()[0]);
        int age = data.layout().numbers().indexOf("age");
        assertTrue(data.test().numbers()[age][0] <= 1, "beyond the training rows' quantiles");
    }

    @Test
    void an_income_that_is_neither_is_refused_with_file_and_line() throws IOException {
        RankerFiles.write(folder.resolve("adult.data.gz"), List.of(RankerFiles.adult(30, "Masters", "much")));
        IOException refusal = assertThrows(IOException.class, () -> new AdultReader(folder, SEED).read());
        assertTrue(String.valueOf(refusal.getMessage()).contains("adult.data.gz line 1"), refusal.getMessage());
    }

    @Test
    void a_log_with_another_header_is_refused() throws IOException {
        for (String name : List.of("user_features_pure.csv.gz", "video_features_basic_pure.csv.gz")) {
            RankerFiles.write(folder.resolve(name), List.of("id"));
        }
        RankerFiles.write(folder.resolve("kuairand27k_standard_kcore15.tsv.gz"), List.of("user_id\tvideo_id"));
        IOException refusal = assertThrows(IOException.class, () -> new KuaiRandReader(folder).read());
        assertTrue(String.valueOf(refusal.getMessage()).contains("line 1"), refusal.getMessage());
    }

    @Test
    void a_folder_without_a_data_set_is_refused_naming_what_it_could_hold() {
        IOException refusal =
                assertThrows(IOException.class, () -> RankerEvaluation.read(folder, SEED, 1, Progress.SILENT));
        assertTrue(String.valueOf(refusal.getMessage()).contains("adult.data.gz"), refusal.getMessage());
    }
}
