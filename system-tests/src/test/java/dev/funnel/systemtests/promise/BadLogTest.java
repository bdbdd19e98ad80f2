package dev.funnel.systemtests.promise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.cli.Funnel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs that cannot be trained on are refused with the file and the rule, and nothing is published. */
class BadLogTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final StringWriter err = new StringWriter();

    @Test
    void a_missing_column_is_named_with_its_file() throws IOException {
        Files.writeString(folder.resolve("items.csv"), "item_id,title\na,A\nb,B\n");
        Files.writeString(folder.resolve("interactions.csv"), "user_id,item,at\nu,a,2026-01-01T00:00:00Z\n");
        assertEquals(1, train());
        assertTrue(err.toString().contains("interactions.csv"), err::toString);
        assertTrue(err.toString().contains("item_id"), err::toString);
        assertFalse(Files.exists(folder.resolve("bundles/demo/manifest.json")));
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        assertEquals(2, train());
        assertTrue(err.toString().contains("--items"), err::toString);
    }

    private int train() {
        return Funnel.commandLine()
                .setErr(new PrintWriter(err, true))
                .execute(
                        "train",
                        "--data",
                        folder.toString(),
                        "--out",
                        folder.resolve("bundles").toString());
    }
}
