package dev.funnel.cli.cluster;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One service as a child process of this JVM: same class path, own configuration, output to its log file. */
public final class ServiceProcess {

    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);
    private static final List<String> NOT_INHERITED = List.of("-Xm", "-XX:", "-agentlib", "-javaagent", "-D", "-ea");
    /** What the cluster decides is not overridden by the environment. */
    private static final List<String> PLACED =
            List.of("FUNNEL_SERVER_PORT", "FUNNEL_METRICS_", "FUNNEL_BUNDLES_", "FUNNEL_STAGES_");

    /** The serial collector lets a heap grow to its limit before it collects what retired bundle versions held. */
    private static final List<String> HEAP =
            List.of("-Xms64m", "-Xmx1g", "-XX:+UseG1GC", "-XX:TrimNativeHeapInterval=60000");

    private final String label;
    private final Path log;
    private final Process process;

    private ServiceProcess(String label, Path log, Process process) {
        this.label = label;
        this.log = log;
        this.process = process;
    }

    /**
     * Starts a service.
     *
     * @param jvmFlags after the usual ones
     */
    static ServiceProcess start(Service service, Path configuration, List<String> jvmFlags, Path log)
            throws IOException {
        List<String> arguments = List.of("--config", configuration.toString(), "--exit-with-parent");
        return start(service.label() + " service", command(jvmFlags, service.mainClass(), arguments), log);
    }

    /** Starts any class of the class path that ends with its parent. */
    static ServiceProcess start(String label, String mainClass, List<String> arguments, Path log) throws IOException {
        return start(label, command(List.of(), mainClass, arguments), log);
    }

    private static ServiceProcess start(String label, List<String> command, Path log) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        // not by -cp: ONNX Runtime 1.29 crashes in a process with a command line of more than 4 KB
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().putIfAbsent("OMP_NUM_THREADS", "1");
        builder.environment().keySet().removeIf(variable -> PLACED.stream().anyMatch(variable::startsWith));
        return new ServiceProcess(label, log, builder.start());
    }

    /** What it is, for messages. */
    String label() {
        return label;
    }

    /** The process, as the operating system knows it. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What to say when it ended by itself: its exit code and its last words. */
    String ending() {
        return "the " + label + " ended with code " + process.exitValue() + ": " + lastWords();
    }

    /** Asks it to stop. Returns at once. */
    void terminate() {
        process.destroy();
    }

    /** Waits until it stopped; one that does not in time is killed. */
    void awaitEnd() {
        boolean interrupted = Thread.interrupted();
        try {
            if (!process.waitFor(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            interrupted = true;
            kill();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Kills it: no drain, no farewell. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** The last line of its log that is not empty. */
    String lastWords() {
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> !line.isBlank())
                            .reduce((earlier, later) -> later)
                            .orElse("it said nothing") + " (log: " + log + ")";
        } catch (IOException e) {
            return "its log cannot be read: " + log;
        }
    }

    private static List<String> command(List<String> jvmFlags, String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(inheritedFlags());
        command.addAll(HEAP);
        command.addAll(jvmFlags);
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }

    private static List<String> inheritedFlags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> NOT_INHERITED.stream().noneMatch(flag::startsWith))
                .toList();
    }
}
