package dev.funnel.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class ProcessFiguresTest {

    private static final long SELF = ProcessHandle.current().pid();

    @Test
    void aProcessUsesWhatAJvmUses() throws IOException {
        ProcessFigures figures = ProcessFigures.of(SELF);
        assertTrue(figures.cpuMillis() > 0);
        assertTrue(figures.anonymousKib() > 10_000, "a JVM has a heap");
        assertTrue(figures.mappings() > 50, "and libraries");
        assertTrue(figures.threads() > 5, "and threads of its own");
    }

    @Test
    void anOpenFileIsADescriptor(@TempDir Path folder) throws IOException {
        int before = ProcessFigures.of(SELF).descriptors();
        try (var first = Files.newOutputStream(folder.resolve("first"));
                var second = Files.newOutputStream(folder.resolve("second"))) {
            assertTrue(ProcessFigures.of(SELF).descriptors() >= before + 2, first + " and " + second);
        }
    }
}
