package dev.funnel.systemtests.promise;

import dev.funnel.cli.cluster.Service;
import dev.funnel.runtime.testing.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One process of a {@link ReplicatedFunnel}, which may be stopped and started again. */
final class FunnelMember implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 150;
    /** In the long form, which compares memory, with the collector that {@code funnel serve} has; else with the one that starts sooner. */
    private static final List<String> FLAGS = List.of(
            "-Xms64m",
            "-Xmx512m",
            Boolean.getBoolean("funnel.long") ? "-XX:+UseG1GC" : "-XX:+UseSerialGC",
            "-XX:TrimNativeHeapInterval=60000", // as in production
            "-XX:TieredStopAtLevel=1");

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern CALLED = Pattern.compile(
            "grpc_server_call_duration_seconds_count\\{[^}]*(Retrieve|RankingService/Rank|Rerank|Recommend)\"");

    private final Path folder;
    private final Service service;
    private final int replica;
    private final int port;
    private final int metricsPort;
    private @Nullable FunnelProcess process;

    FunnelMember(Path folder, Service service, int replica, int port, int metricsPort) {
        this.folder = folder;
        this.service = service;
        this.replica = replica;
        this.port = port;
        this.metricsPort = metricsPort;
    }

    Service service() {
        return service;
    }

    int port() {
        return port;
    }

    int metricsPort() {
        return metricsPort;
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    Path configuration() {
        return folder.resolve(service.label() + "-" + replica + ".yaml");
    }

    long pid() {
        return running().handle().pid();
    }

    void start() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--"))
                .forEach(command::add);
        command.addAll(FLAGS);
        command.add("-Dlogback.configurationFile=logback.xml"); // as in production
        command.addAll(List.of(service.mainClass(), "--config", configuration().toString(), "--exit-with-parent"));
        process = FunnelProcess.start(folder, command);
    }

    void awaitReady() throws Exception {
        running().awaitText(PATIENCE_SECONDS, text -> text.contains("ready " + service.label()));
    }

    /** Waits until those who balance have found it. */
    void awaitCalled() {
        Await.calmly(address() + " is called", () -> CALLED.matcher(metrics()).find());
    }

    /** Sends SIGTERM and gives the exit code. */
    int terminate() throws Exception {
        running().signal("TERM");
        return running().await(PATIENCE_SECONDS);
    }

    /** The page of its metrics; empty if there is none yet. */
    String metrics() {
        try {
            URI page = URI.create("http://127.0.0.1:" + metricsPort + "/metrics");
            return HTTP.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What it wrote since it was last started. */
    String log() {
        try {
            return running().err();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }

    @Override
    public String toString() {
        return service.label() + " " + address();
    }

    private FunnelProcess running() {
        return Objects.requireNonNull(process);
    }
}
