package dev.funnel.trainer.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.trainer.Progress;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DemoFilesTest {

    private static final DemoSettings TINY = new DemoSettings(120, 30, 10, 3_000, 3);

    @TempDir
    Path temp;

    @ParameterizedTest
    @EnumSource
    void the_same_seed_gives_the_same_bytes_whatever_the_number_of_threads(FileFormat format) throws IOException {
        Path one = generate("one", TINY, format, 1);
        Path three = generate("three", TINY, format, 3);
        List<Path> files = list(one);
        assertEquals(5, files.size());
        for (Path file : files) {
            assertEquals(-1, Files.mismatch(file, three.resolve(file.getFileName())), file.toString());
        }
    }

    @Test
    void another_seed_gives_another_world() throws IOException {
        Path one = generate("one", TINY, FileFormat.CSV, 1);
        Path two = generate("two", new DemoSettings(120, 30, 10, 3_000, 4), FileFormat.CSV, 1);
        for (String table : List.of("items", "users", "interactions", "impressions")) {
            String file = FileFormat.CSV.fileOf(table);
            assertTrue(Files.mismatch(one.resolve(file), two.resolve(file)) >= 0, table);
        }
    }

    @Test
    void the_truth_can_be_had_again_from_the_directory() throws IOException {
        DemoWorld opened = DemoWorld.open(generate("world", TINY, FileFormat.CSV, 2));
        DemoWorld made = DemoWorld.of(TINY);
        assertEquals(TINY, opened.settings());
        long time = DemoWorld.START.plusSeconds(100_000).toEpochMilli();
        assertArrayEquals(truths(made, time), truths(opened, time));
    }

    private static double[] truths(DemoWorld world, long time) {
        return java.util.stream.IntStream.range(0, 120)
                .mapToDouble(item -> world.expectedWatchSeconds(item % 30, item, item % 12, time))
                .toArray();
    }

    @Test
    void a_truth_of_another_edition_is_refused_naming_the_file() throws IOException {
        Path world = generate("world", TINY, FileFormat.CSV, 1);
        Path truth = world.resolve(DemoWorld.TRUTH_FILE);
        Files.writeString(truth, Files.readString(truth).replaceFirst("\"edition\" : \\d+", "\"edition\" : 999"));
        IOException refused = assertThrows(IOException.class, () -> DemoWorld.open(world));
        assertTrue(refused.toString().contains(truth + ": edition 999"), refused.toString());
    }

    @Test
    void csv_has_the_columns_of_the_trainers_input() throws IOException {
        Path world = generate("world", TINY, FileFormat.CSV, 1);
        assertEquals(
                "item_id,title,categories,uploader,language,country,published_at,expires_at,duration_seconds,maturity,"
                        + "resolution,format,tags",
                firstLine(world.resolve("items.csv")));
        assertEquals("user_id,country,language,age,gender", firstLine(world.resolve("users.csv")));
        assertEquals(
                "user_id,item_id,at,kind,watch_seconds,weight,query_text",
                firstLine(world.resolve("interactions.csv")));
        assertEquals(
                "request_id,user_id,item_id,at,position,clicked,watch_seconds,country,language,device,sources,"
                        + "source_scores,bundle_version",
                firstLine(world.resolve("impressions.csv")));
    }

    @Test
    void a_directory_that_holds_anything_is_left_alone() throws IOException {
        Path world = generate("world", TINY, FileFormat.CSV, 1);
        assertThrows(FileAlreadyExistsException.class, () -> generate("world", TINY, FileFormat.CSV, 1));
        assertEquals(5, list(world).size());
    }

    @ParameterizedTest
    @EnumSource(names = {"CSV", "PARQUET"})
    void an_interrupted_generation_leaves_nothing(FileFormat format) throws IOException {
        for (String during : List.of(Simulation.WORK, "writing impressions")) {
            Progress interrupting = (what, done) -> {
                if (what.equals(during)) {
                    Thread.currentThread().interrupt();
                }
            };
            DemoFiles files = new DemoFiles(new DemoSettings(120, 100, 10, 70_000, 3), format, 2);
            assertThrows(CancellationException.class, () -> files.generate(temp.resolve("world"), interrupting));
            assertTrue(Thread.interrupted(), "the thread stays interrupted");
            assertEquals(List.of(), list(temp), during);
        }
        assertFalse(Files.exists(temp.resolve("world")));
    }

    private Path generate(String name, DemoSettings settings, FileFormat format, int threads) throws IOException {
        return new DemoFiles(settings, format, threads)
                .generate(temp.resolve(name), Progress.SILENT)
                .directory();
    }

    private static String firstLine(Path file) throws IOException {
        return Files.readAllLines(file).getFirst();
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        }
    }
}
