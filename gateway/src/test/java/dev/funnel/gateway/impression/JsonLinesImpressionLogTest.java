package dev.funnel.gateway.impression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesImpressionLogTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    @Test
    void every_item_shown_is_a_line_and_what_is_unknown_is_left_out() throws IOException {
        Path path = folder.resolve("log.jsonl");
        try (ImpressionLog log = JsonLinesImpressionLog.open(path, 1 << 20)) {
            log.write(slate("r1", "a \"quoted\"\nid"));
        }
        List<String> lines = Files.readAllLines(path);
        assertEquals(1, lines.size());
        JsonNode row = JSON.readTree(lines.getFirst());
        Set<String> columns = new HashSet<>();
        row.fieldNames().forEachRemaining(columns::add);
        assertEquals(
                Set.of(
                        "request_id",
                        "item_id",
                        "at",
                        "position",
                        "country",
                        "sources",
                        "source_scores",
                        "bundle_version"),
                columns);
        assertEquals("a \"quoted\"\nid", row.get("item_id").asText());
    }

    @Test
    void a_log_opened_again_goes_on_where_it_was() throws IOException {
        Path path = folder.resolve("log.jsonl");
        for (int run = 0; run < 3; run++) {
            try (ImpressionLog log = JsonLinesImpressionLog.open(path, 1 << 20)) {
                log.write(slate("r" + run, "a"));
            }
        }
        assertEquals(3, Files.readAllLines(path).size());
    }

    @Test
    void a_full_file_is_rolled_over_and_the_oldest_goes() throws IOException {
        Path path = folder.resolve("log.jsonl");
        byte[] record = "x".repeat(99).concat("\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        try (RollingFile file = new RollingFile(path, 1_000, 2)) {
            for (int i = 0; i < 95; i++) {
                file.append(record);
            }
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    List.of("log.jsonl", "log.jsonl.1", "log.jsonl.2"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
        assertEquals(500, Files.size(path));
        assertEquals(1_000, Files.size(folder.resolve("log.jsonl.1")));
        assertEquals(1_000, Files.size(folder.resolve("log.jsonl.2")));
    }

    @Test
    void a_burst_beyond_the_queue_is_dropped_and_counted_and_never_waits() throws IOException {
        Path path = folder.resolve("log.jsonl");
        int burst = 20 * JsonLinesImpressionLog.QUEUE_SLATES;
        List<String> items = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            items.add("item-" + i);
        }
        ShownSlate slate = slate("burst", items.toArray(new String[0]));
        JsonLinesImpressionLog log = JsonLinesImpressionLog.open(path, 1L << 30);
        for (int i = 0; i < burst; i++) {
            log.write(slate);
        }
        log.close();
        try (Stream<String> lines = Files.lines(path)) {
            assertEquals(50 * (burst - log.dropped()), lines.count());
        }
    }

    @Test
    void a_file_that_cannot_be_written_is_met_at_start() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThrows(IOException.class, () -> JsonLinesImpressionLog.open(file.resolve("log.jsonl"), 1 << 20));
    }

    @Test
    void after_closing_slates_are_counted_as_dropped() throws IOException {
        JsonLinesImpressionLog log = JsonLinesImpressionLog.open(folder.resolve("log.jsonl"), 1 << 20);
        log.close();
        log.write(slate("late", "a"));
        assertEquals(1, log.dropped());
        assertTrue(Files.readString(folder.resolve("log.jsonl")).isEmpty());
    }

    private static ShownSlate slate(String requestId, String... items) {
        return new ShownSlate(
                requestId,
                "",
                Instant.parse("2026-01-31T00:00:00Z"),
                "CH",
                "",
                "",
                "20260131000000000-0123456789ab",
                Stream.of(items)
                        .map(item -> new ShownSlate.ShownItem(item, 0, List.of("als"), List.of(1.5f), 0, ""))
                        .toList());
    }
}
