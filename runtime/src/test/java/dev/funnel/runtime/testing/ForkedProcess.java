package dev.funnel.runtime.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A main class in a JVM of its own, with this JVM's class path and flags; its lines are collected as they come. */
public final class ForkedProcess implements AutoCloseable {
    private static final long LONGEST_SECONDS = 60;
    private static final String JVM_NOISE = "Using incubator modules";

    private final Process process;
    private final List<String> out = new ArrayList<>();
    private final List<String> err = new ArrayList<>();
    private final CompletableFuture<Void> outRead;
    private final CompletableFuture<Void> errRead;

    private ForkedProcess(Process process) {
        this.process = process;
        this.outRead = collect(process.inputReader(), out);
        this.errRead = collect(process.errorReader(), err);
    }

    public static ForkedProcess start(Class<?> main, Map<String, String> environment, String... args)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--"))
                .forEach(command::add);
        command.add("-Dlogback.configurationFile=logback.xml"); // as in production
        command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return new ForkedProcess(builder.start());
    }

    public long pid() {
        return process.pid();
    }

    /** What it printed to standard output so far. */
    public List<String> out() {
        synchronized (out) {
            return List.copyOf(out);
        }
    }

    /** What it printed to standard error so far. */
    public List<String> err() {
        synchronized (err) {
            return List.copyOf(err);
        }
    }

    /** The first line of its standard output that starts so; waits for it. */
    public String awaitLine(String start) {
        Await.until(
                "a line \"" + start + "\" of " + process.info().commandLine().orElse(""),
                () -> line(start).findFirst().isPresent() || !process.isAlive());
        return line(start)
                .findFirst()
                .orElseThrow(() -> new AssertionError("it ended without a line \"" + start + "\": " + err()));
    }

    /** Sends SIGTERM. */
    public void terminate() {
        process.toHandle().destroy(); // Process.destroy would close its output, too
    }

    /** Sends SIGKILL. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Waits for its end, and for all it printed. */
    public int awaitExit() throws Exception {
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("it did not end in " + LONGEST_SECONDS + " s: " + out() + err());
        }
        CompletableFuture.allOf(outRead, errRead).get(LONGEST_SECONDS, TimeUnit.SECONDS);
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private Stream<String> line(String start) {
        return out().stream().filter(line -> line.startsWith(start));
    }

    private static CompletableFuture<Void> collect(BufferedReader reader, List<String> into) {
        return CompletableFuture.runAsync(
                () -> reader.lines().filter(line -> !line.contains(JVM_NOISE)).forEach(line -> {
                    synchronized (into) {
                        into.add(line);
                    }
                }),
                task -> Thread.ofVirtual().start(task));
    }
}
