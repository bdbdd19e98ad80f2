package dev.funnel.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TensorFileTest {
    @TempDir
    Path directory;

    @Test
    void what_was_written_is_read_bit_for_bit() throws Exception {
        Path path = directory.resolve("all.safetensors");
        float[] floats = {1, -0.0f, Float.MIN_VALUE, 3.5f, Float.MAX_VALUE, 6};
        new TensorFileWriter(path)
                .metadata("made by", "a test, äöü")
                .add("bytes", new byte[] {1, -1, 127})
                .add("matrix", floats, 2, 3)
                .add("ints", new int[] {Integer.MIN_VALUE, 7})
                .add("longs", new long[] {Long.MAX_VALUE})
                .add("empty", new int[0])
                .add("vector", new float[] {1, 2})
                .write();
        try (TensorFile file = TensorFile.open(path)) {
            assertEquals(Map.of("made by", "a test, äöü"), file.metadata());
            assertArrayEquals(floats, file.floats("matrix", 2, 3).toArray());
            assertArrayEquals(
                    new float[] {3.5f, Float.MAX_VALUE, 6},
                    file.floats("matrix").row(1));
            assertEquals(1, file.floats("vector").columns());
            assertArrayEquals(
                    new int[] {Integer.MIN_VALUE, 7}, file.ints("ints").toArray());
            assertArrayEquals(new long[] {Long.MAX_VALUE}, file.longs("longs").toArray());
            assertArrayEquals(new byte[] {-1, 127}, file.bytes("bytes").toArray(1, 3));
            assertEquals(0, file.ints("empty").size());
            assertTrue(file.has("empty"));
            assertFalse(file.has("other"));
        }
    }

    @Test
    void the_file_is_what_the_safetensors_format_describes() throws Exception {
        Path path = directory.resolve("format.safetensors");
        new TensorFileWriter(path)
                .add("b", new byte[] {9})
                .add("f", new float[] {1.5f}, 1, 1)
                .add("l", new long[] {-2})
                .write();
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
        byte[] header = new byte[(int) bytes.getLong()];
        bytes.get(header);
        assertEquals(
                "{\"l\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]},"
                        + "\"f\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[8,12]},"
                        + "\"b\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[12,13]}}",
                new String(header, StandardCharsets.UTF_8).strip());
        assertEquals(0, bytes.position() % 64);
        assertEquals(-2, bytes.getLong());
        assertEquals(1.5f, bytes.getFloat());
        assertEquals(9, bytes.get());
        assertFalse(bytes.hasRemaining());
    }

    @Test
    void a_file_is_never_overwritten() throws Exception {
        Path path = write("once", "{}", 0);
        assertThrows(FileAlreadyExistsException.class, () -> new TensorFileWriter(path).write());
    }

    @Test
    void a_tensor_is_added_once() {
        TensorFileWriter writer = new TensorFileWriter(directory.resolve("twice")).add("a", new int[1]);
        assertThrows(IllegalArgumentException.class, () -> writer.add("a", new long[1]));
    }

    @Test
    void views_die_with_the_arena_that_was_given() throws Exception {
        Path path = directory.resolve("arena.safetensors");
        new TensorFileWriter(path).add("a", new int[] {5}).write();
        IntVector ints;
        try (Arena arena = Arena.ofShared()) {
            TensorFile file = TensorFile.open(path, arena);
            ints = file.ints("a");
            file.close();
            assertEquals(5, ints.get(0));
        }
        assertThrows(IllegalStateException.class, () -> ints.get(0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            not JSON                    | its header is not JSON
            [1]                         | its header is not a JSON object
            {} {}                       | its header is not JSON
            {"a":1,"a":2}               | Duplicate field
            {"__metadata__":[]}         | __metadata__ is not an object
            {"__metadata__":{"a":1}}    | __metadata__ entry 'a' is not a text
            {"a":5}                     | tensor 'a' has dtype ''
            {"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}    | dtype 'F64'; known are F32, I32, I64, U8
            {"a":{"dtype":"I64","data_offsets":[0,8]}}                | has no list shape
            {"a":{"dtype":"I64","shape":[1]}}                         | has no list data_offsets
            {"a":{"dtype":"I64","shape":[-1],"data_offsets":[0,8]}}   | has '-1' in shape
            {"a":{"dtype":"I64","shape":[1.0],"data_offsets":[0,8]}}  | has '1.0' in shape
            {"a":{"dtype":"I64","shape":["1"],"data_offsets":[0,8]}}  | in shape
            {"a":{"dtype":"I64","shape":[9223372036854775808],"data_offsets":[0,8]}} | has '9223372036854775808' in shape
            {"a":{"dtype":"I64","shape":[4294967296,4294967296],"data_offsets":[0,8]}} | larger than 2^63 bytes
            {"a":{"dtype":"U8","shape":[1,1,1,1,1,1,1,1,8],"data_offsets":[0,8]}} | 9 dimensions, at most 8
            {"a":{"dtype":"I64","shape":[1],"data_offsets":[0,8,8]}}  | has data_offsets [0, 8, 8]
            {"a":{"dtype":"I64","shape":[1],"data_offsets":[8,0]}}    | has data_offsets [8, 0]
            {"a":{"dtype":"I64","shape":[1],"data_offsets":[8,16]}}   | outside the 8 bytes of values
            {"a":{"dtype":"I64","shape":[1],"data_offsets":[0,9223372036854775807]}} | outside the 8 bytes of values
            {"a":{"dtype":"I64","shape":[2],"data_offsets":[0,8]}}    | needs 16 bytes, its data_offsets give it 8
            {"a":{"dtype":"I32","shape":[1],"data_offsets":[4,8]}}    | overlap or gap
            {"a":{"dtype":"I32","shape":[1],"data_offsets":[0,4]}}    | its tensors end at byte
            {"a":{"dtype":"I64","shape":[1],"data_offsets":[0,8]},"b":{"dtype":"I32","shape":[1],"data_offsets":[4,8]}} | overlap or gap
            {"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"I32","shape":[1],"data_offsets":[2,6]},"c":{"dtype":"U8","shape":[2],"data_offsets":[6,8]}} | not a multiple of 4
            {"":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}     | tensor name must have 1 to 128 bytes
            {}                                                        | its tensors end at byte
            """)
    void a_broken_header_is_refused(String header, String reason) throws Exception {
        refused(
                "broken",
                reason,
                () -> TensorFile.open(write("broken", header, 8)).close());
    }

    @Test
    void nesting_without_end_is_refused() throws Exception {
        Path path = write("deep", "[".repeat(100_000), 8);
        refused("deep", "its header is not JSON", () -> TensorFile.open(path).close());
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "-1", "17", "4194305", "9223372036854775807"})
    void a_header_longer_than_the_file_or_the_bound_is_refused(long length) throws Exception {
        byte[] bytes = ByteBuffer.allocate(24)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .array();
        Path path = Files.write(directory.resolve("length"), bytes);
        refused(
                "length",
                "claims a header of " + Long.toUnsignedString(length),
                () -> TensorFile.open(path).close());
    }

    @Test
    void a_file_too_short_for_a_length_is_refused() throws Exception {
        Path path = Files.write(directory.resolve("short"), new byte[7]);
        refused("short", "has 7 bytes", () -> TensorFile.open(path).close());
    }

    @Test
    void a_missing_file_is_refused() {
        refused(
                "absent",
                "cannot be read",
                () -> TensorFile.open(directory.resolve("absent")).close());
    }

    @Test
    void a_tensor_that_is_missing_or_other_than_needed_refuses_the_file() throws Exception {
        Path path = directory.resolve("small.safetensors");
        new TensorFileWriter(path)
                .add("matrix", new float[6], 2, 3)
                .add("ints", new int[] {0, 5, 2})
                .add("offsets", new long[] {0, 2, 2, 6})
                .add("falling", new long[] {0, 3, 2})
                .add("late", new long[] {1, 2})
                .write();
        try (TensorFile file = TensorFile.open(path)) {
            String name = "small.safetensors";
            refused(name, "tensor 'other' is missing", () -> file.ints("other"));
            refused(name, "tensor 'ints' is I32, I64 is needed", () -> file.longs("ints"));
            refused(name, "is 2 x 3, 3 x 2 is needed", () -> file.floats("matrix", 3, 2));
            refused(name, "has 3 values, 4 are needed", () -> file.ints("ints", 4));
            refused(name, "holds 5 at 1, allowed are 0 to 4", () -> file.indexes("ints", 0, 5));
            refused(name, "falls from 3 to 2 at 2", () -> file.offsets("falling", 2));
            refused(name, "does not start at 0", () -> file.offsets("late", 2));
            refused(name, "ends at 6, there are 7 values", () -> file.offsets("offsets", 7));
            refused(name, "has 4 values, 3 are needed", () -> file.offsets("offsets", 2, 6));
            assertEquals(List.of(0L, 2L, 2L, 6L), longs(file.offsets("offsets", 3, 6)));
            assertEquals(3, file.indexes("ints", 0, 6).size());
        }
    }

    @Test
    void a_tensor_of_three_dimensions_is_no_matrix() throws Exception {
        Path path = write("cube", "{\"a\":{\"dtype\":\"F32\",\"shape\":[1,2,1],\"data_offsets\":[0,8]}}", 8);
        try (TensorFile file = TensorFile.open(path)) {
            refused("cube", "has shape [1, 2, 1], a vector or a matrix is needed", () -> file.floats("a"));
        }
    }

    /** A file of {@code header}, padded to a multiple of 8, and {@code values} bytes of zero. */
    private Path write(String name, String header, int values) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        int padded = Math.ceilDiv(json.length, 8) * 8;
        ByteBuffer bytes = ByteBuffer.allocate(8 + padded + values).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(padded).put(json);
        while (bytes.position() < 8 + padded) {
            bytes.put((byte) ' ');
        }
        return Files.write(directory.resolve(name), bytes.array());
    }

    private static List<Long> longs(LongVector vector) {
        return Arrays.stream(vector.toArray()).boxed().toList();
    }

    private static void refused(String file, String reason, Executable action) {
        BundleRefusedException refused = assertThrows(BundleRefusedException.class, action);
        assertEquals(file, refused.file());
        assertTrue(refused.reason().contains(reason), refused::getMessage);
    }
}
