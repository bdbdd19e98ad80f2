package dev.funnel.cli.cluster;

import dev.funnel.benchmarks.load.EchoMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Four processes that do nothing, one in front of three: what a funnel of four services would cost if it did nothing. They end with this object. */
public final class EchoChain implements AutoCloseable {

    private static final int BEHIND = 3;
    private static final Duration READY_WITHIN = Duration.ofMinutes(1);

    private final List<ServiceProcess> processes = new ArrayList<>();
    private final int port = Ports.anyFree();

    private EchoChain() {}

    /** Starts them and waits until the whole chain answers. */
    public static EchoChain start(Path folder) throws IOException, InterruptedException {
        EchoChain chain = new EchoChain();
        try {
            chain.startAll(Files.createDirectories(folder));
            return chain;
        } catch (IOException | InterruptedException | RuntimeException e) {
            chain.close();
            throw e;
        }
    }

    /** Where the one in front answers, as {@code host:port}. */
    public String target() {
        return LocalCluster.HOST + ":" + port;
    }

    @Override
    public void close() {
        processes.forEach(ServiceProcess::terminate);
        processes.forEach(ServiceProcess::awaitEnd);
    }

    private void startAll(Path folder) throws IOException, InterruptedException {
        List<Integer> behind =
                IntStream.range(0, BEHIND).mapToObj(each -> Ports.anyFree()).toList();
        for (int each : behind) {
            launch(folder, List.of(each));
        }
        List<Integer> front = new ArrayList<>(List.of(port));
        front.addAll(behind);
        launch(folder, front);
        awaitReady();
    }

    private void launch(Path folder, List<Integer> ports) throws IOException {
        String label = "echo " + processes.size();
        List<String> arguments = ports.stream().map(String::valueOf).toList();
        Path log = folder.resolve("echo-" + processes.size() + ".log");
        processes.add(ServiceProcess.start(label, EchoMain.class.getName(), arguments, log));
    }

    private void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        try (HealthProbe probe = new HealthProbe(target())) {
            while (!probe.isServing(deadline - System.nanoTime())) {
                for (ServiceProcess process : processes) {
                    if (!process.isAlive()) {
                        throw new IOException(process.ending());
                    }
                }
                if (System.nanoTime() - deadline >= 0) {
                    throw new IOException(
                            "the echo processes were not ready within " + READY_WITHIN.toSeconds() + " s");
                }
            }
        }
    }
}
