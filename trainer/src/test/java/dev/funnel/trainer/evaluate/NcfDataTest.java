package dev.funnel.trainer.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.trainer.fit.SparseRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NcfDataTest {
    private static final long SEED = 4;

    @TempDir
    private Path folder;

    private NcfData read(Consumer<NcfFiles> change) throws IOException {
        NcfFiles files = new NcfFiles();
        change.accept(files);
        return NcfData.read(files.write(folder));
    }

    private void refused(String message, Consumer<NcfFiles> change) {
        DataFormatException refusal = assertThrows(DataFormatException.class, () -> read(change));
        assertTrue(String.valueOf(refusal.getMessage()).contains(message), refusal.getMessage());
    }

    @Test
    void the_three_files_make_one_split() throws IOException {
        NcfData data = read(files -> {});
        assertEquals(2, data.users());
        assertEquals(5, data.items());
        assertArrayEquals(new int[] {0, 1}, data.train().columnsOf(0));
        assertArrayEquals(new int[] {2, 0}, data.heldOut());
        assertArrayEquals(new int[][] {{3, 4}, {3, 0}}, data.negatives());
    }

    @Test
    void a_line_with_too_few_fields_is_refused() {
        refused(
                "ml-1m.train.rating.gz line 2: has 3 tab-separated fields, must have 4",
                files -> files.train = "0\t0\t5\t0\n0\t1\t3\n");
    }

    @Test
    void a_number_that_is_none_is_refused() {
        refused(
                "ml-1m.train.rating.gz line 1: item is \"x\", must be a number from 0",
                files -> files.train = "0\tx\t5\t0\n");
        refused("line 1: item is \"-1\"", files -> files.train = "0\t-1\t5\t0\n");
        refused("line 1: item is \"99999999999\"", files -> files.train = "0\t99999999999\t5\t0\n");
    }

    @Test
    void a_user_that_is_not_in_the_test_file_is_refused() {
        refused(
                "ml-1m.train.rating.gz line 1: user is 2, must be one of the 2 of the test file",
                files -> files.train = "2\t0\t5\t0\n");
    }

    @Test
    void a_held_out_item_among_the_training_items_is_refused() {
        refused("line 1: item 2 of user 0 is the held-out one", files -> files.train = "0\t2\t5\t0\n");
    }

    @Test
    void test_users_out_of_order_are_refused() {
        refused("ml-1m.test.rating.gz line 2: user is 3, must be 1", files -> files.test = "0\t2\t5\t0\n3\t0\t3\t0\n");
    }

    @Test
    void negatives_of_another_pair_are_refused() {
        refused(
                "ml-1m.test.negative.gz line 2: the line begins with \"(1,4)\", must begin with (1,0)",
                files -> files.negatives = "(0,2)\t3\n(1,4)\t3\n");
    }

    @Test
    void too_few_or_too_many_lines_of_negatives_are_refused() {
        refused(
                "line 2: the file ends here, must have a line for each of 2 users",
                files -> files.negatives = "(0,2)\t3\n");
        refused("line 3: the file goes on", files -> files.negatives = "(0,2)\t3\n(1,0)\t3\n(2,0)\t3\n");
        refused("line 1: has 0 negatives", files -> files.negatives = "(0,2)\n(1,0)\t3\n");
    }

    @Test
    void an_empty_test_file_is_refused() {
        refused("ml-1m.test.rating.gz line 1: the file is empty", files -> files.test = "");
    }

    @Test
    void an_endless_line_is_refused() {
        refused("line 1: the line is longer than 65536 characters", files -> files.train = "1".repeat(70_000));
    }

    @Test
    void a_truncated_file_is_refused_at_the_line_where_it_ends() throws IOException {
        NcfFiles files = new NcfFiles();
        files.train = IntStream.range(0, 100_000)
                .mapToObj(i -> "0\t" + i * 31 % 1000 % 2 + "\t5\t0\n")
                .reduce(new StringBuilder(), StringBuilder::append, StringBuilder::append)
                .toString();
        files.write(folder);
        Path train = folder.resolve("ml-1m.train.rating.gz");
        byte[] bytes = Files.readAllBytes(train);
        Files.write(train, Arrays.copyOf(bytes, bytes.length / 2));
        DataFormatException refusal = assertThrows(DataFormatException.class, () -> NcfData.read(folder));
        assertTrue(String.valueOf(refusal.getMessage()).contains("truncated or damaged"), refusal.getMessage());
    }

    @Test
    void a_file_that_is_not_gzip_is_refused_by_name() throws IOException {
        new NcfFiles().write(folder);
        Files.writeString(folder.resolve("ml-1m.test.rating.gz"), "0\t2\t5\t0\n");
        IOException refusal = assertThrows(IOException.class, () -> NcfData.read(folder));
        assertTrue(String.valueOf(refusal.getMessage()).endsWith("ml-1m.test.rating.gz is not a gzip file"));
    }

    @Test
    void a_missing_file_is_named_and_its_companions_too() {
        IOException refusal = assertThrows(IOException.class, () -> NcfData.read(folder));
        assertTrue(String.valueOf(refusal.getMessage()).contains("ml-1m.test.rating.gz is missing"));
    }

    @Test
    void the_validation_split_holds_out_a_training_item_and_draws_unseen_negatives() {
        int users = 50;
        int items = 300;
        int[] rows = IntStream.range(0, users * 6).map(e -> e / 6).toArray();
        int[] columns =
                IntStream.range(0, users * 6).map(e -> (e * 37 + e / 6) % items).toArray();
        float[] ones = new float[rows.length];
        Arrays.fill(ones, 1);
        SparseRows train = SparseRows.of(users, items, rows, columns, ones);
        NcfData validation = new NcfData(train, new int[users], new int[users][0]).validation(SEED);
        assertEquals(users, validation.users());
        for (int user = 0; user < users; user++) {
            int heldOut = validation.heldOut()[user];
            assertTrue(train.has(user, heldOut));
            assertFalse(validation.train().has(user, heldOut));
            assertEquals(train.count(user) - 1, validation.train().count(user));
            assertEquals(99, validation.negatives()[user].length);
            int of = user;
            assertTrue(Arrays.stream(validation.negatives()[user]).noneMatch(item -> train.has(of, item)));
        }
        assertArrayEquals(
                validation.heldOut(),
                new NcfData(train, new int[users], new int[users][0])
                        .validation(SEED)
                        .heldOut());
    }
}
