package dev.funnel.bundle.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.ItemId;
import dev.funnel.bundle.UserId;
import dev.funnel.bundle.live.ColumnValue;
import dev.funnel.bundle.live.ItemChange;
import dev.funnel.bundle.live.Upsert;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ItemLogFolderTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.006Z");
    private static final long LARGE = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void what_is_appended_is_read_back_from_any_position_and_after_a_restart() throws Exception {
        try (ItemLogFolder log = ItemLogFolder.open(folder, LARGE)) {
            assertEquals(0, log.newestPosition());
            assertEquals(3, log.append(items("a", "b", "c"), NOW));
            assertEquals(4, log.append(List.of(removal("a")), NOW));
            assertEquals(List.of(2L, 3L, 4L), positions(log.read(2, 10, 1000)));
            assertEquals(List.of(), positions(log.read(5, 10, 1000)));
        }
        try (ItemLogFolder log = ItemLogFolder.open(folder, LARGE)) {
            assertEquals(1, log.oldestPosition());
            assertEquals(4, log.newestPosition());
            List<LogEntry> entries = decoded(log.read(1, 10, 1000));
            assertEquals(new LogEntry(new ItemChange(1, new ItemId("a"), upsert("a")), NOW), entries.getFirst());
            assertEquals(
                    new ItemChange(4, new ItemId("a"), new ItemChange.Remove()),
                    entries.getLast().change());
            assertEquals(5, log.append(items("d"), NOW));
        }
    }

    @Test
    void an_entry_keeps_every_kind_of_value() throws Exception {
        Upsert upsert = new Upsert(
                Map.of(
                        "title", new ColumnValue.Text("Fünf"),
                        "categories", new ColumnValue.Texts(List.of("x", "y")),
                        "published_at", new ColumnValue.Time(-1_234),
                        "duration_seconds", new ColumnValue.Number(12.5),
                        "maturity", new ColumnValue.Number(16),
                        "mood", new ColumnValue.Text("calm"),
                        "loudness", new ColumnValue.Number(-3.25),
                        "tags", new ColumnValue.Texts(List.of("p", "q", "r")),
                        "seen_at", new ColumnValue.Time(1_700_000_000_123L)),
                Map.of("als", new ColumnValue.Vector(new float[] {1, -2.5f, 0})),
                List.of(new UserId("ü"), new UserId("v"), new UserId("ü")));
        try (ItemLogFolder log = ItemLogFolder.open(folder, LARGE)) {
            log.append(List.of(new NewEntry(new ItemId("ä"), upsert)), NOW);
            assertEquals(upsert, decoded(log.read(1, 1, 1)).getFirst().change().change());
        }
    }

    @Test
    void a_read_stops_at_its_limits_but_gives_at_least_one_entry() throws Exception {
        try (ItemLogFolder log = ItemLogFolder.open(folder, LARGE)) {
            log.append(items("a", "b", "c"), NOW);
            log.append(items("d", "e"), NOW);
            assertEquals(List.of(1L, 2L, 3L, 4L), positions(log.read(1, 4, 10_000)));
            assertEquals(List.of(2L), positions(log.read(2, 10, 1)));
        }
    }

    /** A crash can leave any prefix of the last write behind, and rubbish where blocks were given but not written. */
    @Test
    void whatever_a_crash_leaves_of_the_last_batch_is_cut_off_and_nothing_before_it_is_lost() throws Exception {
        byte[] whole = acknowledgedAndThen();
        long acknowledged = acknowledgedBytes(whole);
        Random random = new Random(7);
        for (int length = (int) acknowledged; length < whole.length; length++) {
            byte[] zeros = Arrays.copyOf(Arrays.copyOf(whole, length), whole.length);
            byte[] rubbish = zeros.clone();
            for (int i = length; i < rubbish.length; i++) {
                rubbish[i] = (byte) random.nextInt();
            }
            for (byte[] left : List.of(Arrays.copyOf(whole, length), zeros, rubbish)) {
                assertRecoversTwo(left, length);
            }
        }
    }

    @Test
    void a_changed_byte_before_the_last_batch_is_refused_naming_file_and_offset() throws Exception {
        byte[] whole = acknowledgedAndThen();
        long acknowledged = acknowledgedBytes(whole);
        for (int at = 0; at < acknowledged; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 0x40;
            Files.write(file(), changed);
            LogDamagedException refused =
                    assertThrows(LogDamagedException.class, () -> ItemLogFolder.open(folder, LARGE), "byte " + at);
            assertEquals(file(), refused.file());
            assertTrue(refused.offset() <= at, refused.getMessage() + ", byte " + at);
            assertTrue(
                    String.valueOf(refused.getMessage()).contains(file() + " is damaged at offset "),
                    refused.toString());
            assertThrows(LogDamagedException.class, () -> ItemLogReader.read(folder, entry -> {}));
        }
    }

    @Test
    void a_file_that_ends_too_early_before_another_is_refused() throws Exception {
        try (ItemLogFolder log = ItemLogFolder.open(folder, 1)) {
            log.append(items("a"), NOW);
            log.append(items("b"), NOW);
        }
        byte[] first = Files.readAllBytes(file());
        Files.write(file(), Arrays.copyOf(first, first.length - 1));
        assertThrows(LogDamagedException.class, () -> ItemLogFolder.open(folder, 1));
    }

    /** An item's title holds the very bytes of a batch; without the salt, a torn batch with it would look like damage. */
    @Test
    void what_a_caller_puts_into_an_item_is_not_taken_for_a_batch() throws Exception {
        String title = new String(
                BatchFrame.write(0, List.of(new EncodedEntry(9, new byte[] {1})))
                        .array(),
                StandardCharsets.ISO_8859_1);
        try (ItemLogFolder log = ItemLogFolder.open(folder, LARGE)) {
            log.append(items("a", "b"), NOW);
            log.append(List.of(new NewEntry(new ItemId("c"), upsert(title))), NOW);
        }
        byte[] whole = Files.readAllBytes(file());
        assertRecoversTwo(Arrays.copyOf(whole, whole.length - 1), whole.length - 1);
    }

    @Test
    void a_new_file_of_which_only_a_part_of_the_header_was_written_is_begun_again() throws Exception {
        for (int length = 0; length < SegmentHeader.BYTES; length++) {
            Files.write(file(), new byte[length]);
            try (ItemLogFolder log = ItemLogFolder.open(folder, LARGE)) {
                assertEquals(1, log.append(items("a"), NOW));
            }
            Files.delete(file());
        }
    }

    @Test
    void a_new_file_is_begun_when_one_is_full_and_whole_files_are_dropped() throws Exception {
        try (ItemLogFolder log = ItemLogFolder.open(folder, 200)) {
            for (int i = 0; i < 20; i++) {
                log.append(items("item-" + i, "other-" + i), NOW);
            }
            long files = files();
            assertTrue(files > 3, files + " files");
            assertEquals(LongStream.rangeClosed(1, 40).boxed().toList(), positions(log.read(1, 100, 100_000)));

            log.dropThrough(20);
            assertTrue(files() < files, "files are gone");
            assertTrue(log.oldestPosition() > 1 && log.oldestPosition() <= 21, "oldest " + log.oldestPosition());
            assertEquals(40 - log.oldestPosition() + 1, log.entries());
            assertEquals(List.of(21L, 22L), positions(log.read(21, 2, 100_000)));

            log.dropThrough(40);
            assertEquals(0, log.entries());
            assertEquals(41, log.oldestPosition());
            assertEquals(1, files());
        }
        try (ItemLogFolder log = ItemLogFolder.open(folder, 200)) {
            assertEquals(41, log.append(items("later"), NOW), "positions never begin again");
        }
    }

    @Test
    void what_dropped_entries_said_of_each_item_is_still_read_by_who_reads_all() throws Exception {
        List<String> whole = new ArrayList<>();
        try (ItemLogFolder log = ItemLogFolder.open(folder, LARGE)) {
            log.append(List.of(values("a", "title", "A", "uploader", "u"), values("b", "title", "B")), NOW);
            log.append(List.of(removal("c"), values("c", "title", "C again"), removal("b")), NOW);
            log.append(List.of(values("a", "title", "A 2")), NOW);
            ItemLogReader.read(folder, entry -> fold(entry, whole));
            log.dropThrough(3);
            assertEquals(1, log.oldestPosition(), "a file is dropped whole");
            log.dropThrough(6);
            assertEquals(7, log.oldestPosition());
            log.append(List.of(values("a", "country", "DE")), NOW);
            log.append(items("d"), NOW);
            log.dropThrough(8);
            log.append(items("e"), NOW);
        }
        List<String> folded = new ArrayList<>();
        assertEquals(9, ItemLogReader.read(folder, entry -> fold(entry, folded)));
        assertEquals(
                List.of(
                        "3 c gone",
                        "4 c {title=C again}",
                        "5 b gone",
                        "7 a {country=DE, title=A 2, uploader=u}",
                        "8 d {title=d}",
                        "9 e {title=e}"),
                folded);
        assertTrue(whole.contains("1 a {title=A, uploader=u}"), whole.toString());
    }

    @Test
    void of_dropped_entries_the_watchers_last_given_are_kept() throws Exception {
        try (ItemLogFolder log = ItemLogFolder.open(folder, LARGE)) {
            log.append(List.of(watched("a", "u", "v"), watched("b", "u")), NOW);
            log.append(List.of(values("a", "title", "A"), watched("b", "w")), NOW);
            log.dropThrough(4);
        }
        Map<String, List<UserId>> watchers = new TreeMap<>();
        ItemLogReader.read(folder, entry -> {
            if (entry.change().change() instanceof Upsert upsert) {
                watchers.put(entry.change().item().value(), upsert.watchedBy());
            }
        });
        assertEquals(Map.of("a", List.of(new UserId("u"), new UserId("v")), "b", List.of(new UserId("w"))), watchers);
    }

    private static NewEntry watched(String id, String... watchers) {
        List<UserId> people = Stream.of(watchers).map(UserId::new).toList();
        return new NewEntry(new ItemId(id), new Upsert(Map.of(), Map.of(), people));
    }

    @Test
    void files_that_were_dropped_but_not_deleted_when_the_process_ended_are_deleted() throws Exception {
        byte[] first;
        try (ItemLogFolder log = ItemLogFolder.open(folder, LARGE)) {
            log.append(items("a", "b"), NOW);
            first = Files.readAllBytes(file());
            log.dropThrough(2);
            log.append(items("c"), NOW);
        }
        Files.write(file(), first);
        List<String> seen = new ArrayList<>();
        assertEquals(3, ItemLogReader.read(folder, entry -> fold(entry, seen)));
        assertEquals(List.of("1 a {title=a}", "2 b {title=b}", "3 c {title=c}"), seen, "each once");
        try (ItemLogFolder log = ItemLogFolder.open(folder, LARGE)) {
            assertEquals(3, log.oldestPosition());
            assertTrue(Files.notExists(file()), "it is gone");
        }
    }

    @Test
    void damage_of_what_was_dropped_is_refused_too() throws Exception {
        try (ItemLogFolder log = ItemLogFolder.open(folder, LARGE)) {
            log.append(items("a", "b"), NOW);
            log.dropThrough(2);
        }
        Path dropped = folder.resolve(DroppedEntries.FILE);
        byte[] sound = Files.readAllBytes(dropped);
        for (int at = 0; at < sound.length; at++) {
            byte[] changed = sound.clone();
            changed[at] ^= 1;
            Files.write(dropped, changed);
            assertThrows(LogDamagedException.class, () -> ItemLogFolder.open(folder, LARGE), "byte " + at);
        }
    }

    private static void fold(LogEntry entry, List<String> into) {
        String what = switch (entry.change().change()) {
            case Upsert upsert -> {
                TreeMap<String, String> values = new TreeMap<>();
                upsert.values().forEach((name, value) -> values.put(name, ((ColumnValue.Text) value).value()));
                yield values.toString();
            }
            case ItemChange.Remove() -> "gone";
        };
        into.add(entry.position() + " " + entry.change().item() + " " + what);
    }

    private static NewEntry values(String id, String... namesAndTexts) {
        Map<String, ColumnValue> values = new TreeMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            values.put(namesAndTexts[i], new ColumnValue.Text(namesAndTexts[i + 1]));
        }
        return new NewEntry(new ItemId(id), Upsert.of(values));
    }

    @Test
    void positions_that_bundles_of_another_log_were_trained_to_are_passed_over() throws Exception {
        try (ItemLogFolder log = ItemLogFolder.open(folder, LARGE)) {
            log.startAfter(500);
            assertEquals(501, log.append(items("a"), NOW));
            log.startAfter(100);
            assertEquals(502, log.append(items("b"), NOW));
        }
        try (ItemLogFolder log = ItemLogFolder.open(folder, LARGE)) {
            assertEquals(List.of(501L, 502L), positions(log.read(1, 10, 1000)));
        }
    }

    @Test
    void one_process_owns_the_folder() throws Exception {
        try (ItemLogFolder log = ItemLogFolder.open(folder, LARGE)) {
            IOException refused = assertThrows(IOException.class, () -> ItemLogFolder.open(folder, LARGE));
            assertTrue(String.valueOf(refused.getMessage()).contains("owned by another process"), refused.toString());
            assertEquals(1, log.append(items("a"), NOW), "the owner is not disturbed");
        }
    }

    @Test
    void the_files_are_read_from_beside_while_their_owner_writes() throws Exception {
        try (ItemLogFolder log = ItemLogFolder.open(folder, 200)) {
            log.append(items("a", "b"), NOW);
            log.append(items("c"), NOW);
            try (var half = Files.newOutputStream(file(), StandardOpenOption.APPEND)) {
                half.write(new byte[] {0x46, 0x4C, 0x42});
            }
            List<String> seen = new ArrayList<>();
            assertEquals(
                    3,
                    ItemLogReader.read(
                            folder, entry -> seen.add(entry.change().item().value())));
            assertEquals(List.of("a", "b", "c"), seen);
        }
        assertThrows(IOException.class, () -> ItemLogReader.read(folder.resolve("none"), entry -> {}));
    }

    /** Two entries that are acknowledged, and then a batch that is the last; the bytes of the file. */
    private byte[] acknowledgedAndThen() throws IOException {
        try (ItemLogFolder log = ItemLogFolder.open(folder, LARGE)) {
            log.append(items("a", "b"), NOW);
            log.append(items("c"), NOW);
        }
        return Files.readAllBytes(file());
    }

    /** Where the last batch begins: the file is two batches. */
    private static long acknowledgedBytes(byte[] whole) {
        int first = ByteBuffer.wrap(whole).getInt(SegmentHeader.BYTES + Integer.BYTES);
        return SegmentHeader.BYTES + BatchFrame.HEADER_BYTES + (long) first;
    }

    private void assertRecoversTwo(byte[] left, int length) throws IOException {
        Files.write(file(), left);
        try (ItemLogFolder log = ItemLogFolder.open(folder, LARGE)) {
            assertEquals(2, log.newestPosition(), "cut at " + length);
            assertTrue(log.cutBytes() > 0 || left.length == length, "cut at " + length);
            assertEquals(3, log.append(items("again"), NOW));
            assertEquals(List.of(1L, 2L, 3L), positions(log.read(1, 10, 10_000)));
        }
    }

    private Path file() {
        return folder.resolve("00000000000000000001.items");
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("0"))
                    .count();
        }
    }

    private static List<NewEntry> items(String... ids) {
        return Stream.of(ids)
                .map(id -> new NewEntry(new ItemId(id), upsert(id)))
                .toList();
    }

    private static NewEntry removal(String id) {
        return new NewEntry(new ItemId(id), new ItemChange.Remove());
    }

    private static Upsert upsert(String title) {
        return Upsert.of(Map.of("title", new ColumnValue.Text(title)));
    }

    private static List<Long> positions(List<EncodedEntry> entries) {
        return decoded(entries).stream().map(LogEntry::position).toList();
    }

    private static List<LogEntry> decoded(List<EncodedEntry> entries) {
        return entries.stream().map(EncodedEntry::decode).toList();
    }
}
