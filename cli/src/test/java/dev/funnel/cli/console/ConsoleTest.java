package dev.funnel.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void with_json_standard_output_holds_one_object_per_line_and_nothing_else() {
        try (Console console = console(true)) {
            console.line("for people");
            console.remark("a remark");
            console.progress().advance("work", .5);
            console.object(Map.of("system", "als"));
            console.object(Map.of("system", "line\nbreak"));
        }
        assertEquals("{\"system\":\"als\"}\n{\"system\":\"line\\nbreak\"}\n", text(out));
        assertTrue(text(err).contains("a remark"), text(err));
    }

    @Test
    void without_json_there_are_lines_and_no_objects() {
        try (Console console = console(false)) {
            console.line("for people");
            console.object(Map.of("system", "als"));
        }
        assertEquals("for people\n", text(out));
    }

    @Test
    void progress_without_a_terminal_is_a_line_at_the_start_at_the_end_and_every_five_seconds() {
        long[] now = {0};
        LineDisplay display = new LineDisplay(print(err), () -> now[0]);
        for (int second = 0; second <= 12; second++) {
            now[0] = second * 1_000_000_000L;
            display.show("als", second / 12.0);
        }
        assertEquals(
                List.of("funnel: als", "funnel: als 42 %", "funnel: als 83 %", "funnel: als 100 %, 12.0 s"),
                text(err).lines().toList());
    }

    private Console console(boolean json) {
        return new Console(print(out), print(err), json, false);
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
