package dev.funnel.systemtests.promise;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The funnel command as a process of its own, its two streams kept apart in files. */
final class FunnelProcess implements AutoCloseable {

    private static final long PAUSE_MILLIS = 20;
    private static final int INT = 2;
    private static final int TERM = 15;

    /** The exit code of a process that a signal ended is its number more. */
    private static final int KILLED_BY = 128;

    private final Process process;
    private final Path out;
    private final Path err;

    private FunnelProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Starts the command in a folder. */
    static FunnelProcess start(Path folder, Object... words) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--"))
                .forEach(command::add);
        command.add("dev.funnel.cli.Funnel");
        Stream.of(words).map(String::valueOf).forEach(command::add);
        return start(folder, command);
    }

    /** Starts any program in a folder. */
    static FunnelProcess start(Path folder, List<String> command) throws IOException {
        Path out = Files.createTempFile(folder, "out-", ".txt");
        Path err = Files.createTempFile(folder, "err-", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("FUNNEL_NO_BUILD", "1");
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return new FunnelProcess(builder.start(), out, err);
    }

    /** Waits for its end and gives its exit code. */
    int await(long seconds) throws InterruptedException, IOException {
        assertTrue(process.waitFor(seconds, TimeUnit.SECONDS), "still running after " + seconds + " s: " + err());
        return process.exitValue();
    }

    /** Waits until what it wrote to both streams satisfies a condition. */
    void awaitText(long seconds, Predicate<String> condition) throws InterruptedException, IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.test(out() + err())) {
            assertTrue(
                    process.isAlive(), "ended with " + (process.isAlive() ? "" : process.exitValue()) + ": " + err());
            assertTrue(System.nanoTime() < end, "not within " + seconds + " s: " + out() + err());
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    /** Sends it a signal, by name or number. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    /**
     * Interrupts it as Ctrl-C does, and gives the exit code that it then has to end with. One that was started to ignore SIGINT, as
     * shells start what they run in the background, gets SIGTERM.
     */
    int interrupt() throws IOException, InterruptedException {
        int number = ignoresInterrupts() ? TERM : INT;
        signal(String.valueOf(number));
        return KILLED_BY + number;
    }

    private boolean ignoresInterrupts() throws IOException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        if (!Files.exists(status)) {
            return false; // not Linux, or it has ended
        }
        String ignored = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> line.substring("SigIgn:".length()).strip())
                .findFirst()
                .orElse("0");
        return (Long.parseUnsignedLong(ignored, 16) & (1L << (INT - 1))) != 0;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    String out() throws IOException {
        return Files.readString(out);
    }

    String err() throws IOException {
        return Files.readString(err);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
