package dev.funnel.benchmarks.retrieval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.FloatMatrix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VectorFilesTest {

    @TempDir
    private Path folder;

    @Test
    void rows_of_floats_come_back_as_written() throws IOException {
        FloatMatrix matrix = VectorFiles.floats(file(2, Float.floatToIntBits(.5f), Float.floatToIntBits(-3), 2, 0, 0));
        assertEquals(2, matrix.rows());
        assertArrayEquals(new float[] {.5f, -3, 0, 0}, matrix.toArray());
    }

    @Test
    void rows_of_ints_come_back_as_written() throws IOException {
        assertArrayEquals(new int[][] {{7, 9}, {1, 0}}, VectorFiles.ints(file(2, 7, 9, 2, 1, 0)));
    }

    @Test
    void a_file_that_is_cut_is_refused_by_its_size() throws IOException {
        assertRefused(file(2, 7, 9, 2, 1), "20 bytes, not a multiple of the 12");
    }

    @Test
    void a_row_of_another_length_is_refused_by_its_number() throws IOException {
        assertRefused(file(2, 7, 9, 1, 1, 0), "row 1 is 1 long, row 0 is 2");
    }

    @Test
    void a_length_out_of_bounds_is_refused() throws IOException {
        assertRefused(file(-1), "-1 long, must be 1 to 65536");
    }

    @Test
    void a_value_that_is_not_finite_is_refused_by_its_place() throws IOException {
        Path file = file(1, 0, 1, Float.floatToIntBits(Float.NaN));
        IOException refusal = assertThrows(IOException.class, () -> VectorFiles.floats(file));
        assertTrue(
                String.valueOf(refusal.getMessage()).contains("value 0 of row 1 is NaN"),
                String.valueOf(refusal.getMessage()));
    }

    private static void assertRefused(Path file, String why) {
        IOException refusal = assertThrows(IOException.class, () -> VectorFiles.ints(file));
        assertTrue(String.valueOf(refusal.getMessage()).contains(why), String.valueOf(refusal.getMessage()));
    }

    private Path file(int... words) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(words.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int word : words) {
            bytes.putInt(word);
        }
        return Files.write(folder.resolve("vectors"), bytes.array());
    }
}
