package dev.funnel.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class FunnelTest {

    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource({
        "'', which command",
        "nonsense, nonsense",
        "serve, WHAT",
        "serve nothing, nothing",
        "recommend --deadline-ms soon, --deadline-ms",
        "recommend --deadline-ms 0, must be above 0",
        "recommend --time yesterday, 2026-03-01T20:15:00Z",
        "recommend --sise 3, --sise",
        "explain --user u1, ITEM",
        "serve gateway --config x --name y, stands in the file",
    })
    void a_wrong_command_line_ends_with_code_2_and_says_what_is_wrong(String line, String said) {
        int code = execute(line);
        assertAll(
                () -> assertEquals(2, code),
                () -> assertTrue(err.toString().contains(said), err::toString),
                () -> assertTrue(err.toString().lines().allMatch(text -> text.startsWith("funnel: ")), err::toString));
    }

    @Test
    void a_gateway_that_is_not_there_ends_with_code_1_and_one_line_without_a_stack_trace() {
        int code = execute("recommend --target 127.0.0.1:1 --user u1");
        assertEquals(1, code);
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertTrue(err.toString().contains("UNAVAILABLE"), err::toString);
    }

    @Test
    void verbose_says_where_in_the_code_it_happened() {
        execute("recommend --target 127.0.0.1:1 --verbose");
        assertTrue(err.toString().contains("\tat dev.funnel.cli"), err::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"demo", "generate", "train", "evaluate", "bundle", "serve", "recommend", "explain", "bundle list"
            })
    void a_command_has_help_that_describes_it_and_every_option(String command) {
        CommandLine parser = Funnel.commandLine();
        for (String word : command.split(" ")) {
            parser = Objects.requireNonNull(parser.getSubcommands().get(word), word);
        }
        assertTrue(parser.getCommandSpec().usageMessage().description().length > 0, command + " has no description");
        parser.getCommandSpec()
                .args()
                .forEach(argument -> assertFalse(
                        argument.description().length == 0, command + ": " + argument + " has no description"));
    }

    private int execute(String line) {
        String[] words = line.isEmpty() ? new String[0] : line.split(" ");
        return Funnel.commandLine().setErr(new PrintWriter(err, true)).execute(words);
    }
}
