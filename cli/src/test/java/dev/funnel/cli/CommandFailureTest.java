package dev.funnel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class CommandFailureTest {

    @Test
    void a_usage_error_names_option_value_and_rule_and_cuts_long_values() {
        CommandFailure told =
                CommandFailure.of(new UsageException("--users", "9".repeat(1_000_000), "must be a number"));
        assertEquals(2, told.exitCode());
        assertTrue(told.line().startsWith("--users: '999"), told.line());
        assertTrue(told.line().endsWith("must be a number"), told.line());
        assertTrue(told.line().length() < 200, told.line());
    }

    @Test
    void a_missing_file_is_named() {
        CommandFailure told = CommandFailure.of(new UncheckedIOException(new NoSuchFileException("/data/items.csv")));
        assertEquals(new CommandFailure("/data/items.csv: no such file or folder", 1), told);
    }

    @Test
    void a_message_of_several_lines_becomes_one() {
        assertEquals(
                "first | second",
                CommandFailure.of(new IOException("first\n  second")).line());
    }

    @Test
    void a_call_is_told_with_its_status() {
        CommandFailure told = CommandFailure.of(Status.INVALID_ARGUMENT
                .withDescription("page_size: 0 must be 1 to 500")
                .asRuntimeException());
        assertEquals("the call ended with INVALID_ARGUMENT: page_size: 0 must be 1 to 500", told.line());
    }

    @Test
    void interruption_is_not_a_failure_of_its_own() {
        assertEquals(
                130,
                CommandFailure.of(new CancellationException("interrupted: als")).exitCode());
        assertEquals(130, CommandFailure.of(new InterruptedException()).exitCode());
    }

    @Test
    void what_should_not_happen_is_called_a_fault_of_ours() {
        CommandFailure told = CommandFailure.of(new IllegalStateException("index 3"));
        assertEquals(1, told.exitCode());
        assertTrue(told.line().contains("fault of funnel"), told.line());
        assertTrue(told.line().contains("index 3"), told.line());
    }
}
