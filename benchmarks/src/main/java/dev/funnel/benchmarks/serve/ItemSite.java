package dev.funnel.benchmarks.serve;

import dev.funnel.candidate.CandidateConfiguration;
import dev.funnel.candidate.CandidateServiceMain;
import dev.funnel.gateway.GatewayConfiguration;
import dev.funnel.gateway.GatewayMain;
import dev.funnel.runtime.config.ConfigurationFile;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.process.Readiness;
import dev.funnel.runtime.process.StageProcess;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A gateway that owns an item log, and two candidate services that follow it, on loopback sockets of this JVM. */
final class ItemSite implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(2);

    private final StageProcess<?> gateway;
    private final List<StageProcess<?>> candidates = new ArrayList<>();
    private final List<ManagedChannel> channels = new ArrayList<>();

    private ItemSite(StageProcess<?> gateway) {
        this.gateway = gateway;
        channels.add(channel(gateway));
    }

    /**
     * Starts all three and waits until they hold the bundle.
     *
     * @param scratch where configuration and log go
     */
    static ItemSite start(Path root, String name, Path scratch) throws IOException {
        Files.createDirectories(scratch);
        String bundles = "bundles: {root: '%s', name: '%s'}%n".formatted(root.toAbsolutePath(), name);
        String server = "server: {host: 127.0.0.1, port: 0}\n";
        GatewayConfiguration door = load(
                GatewayConfiguration.class,
                scratch.resolve("gateway.yaml"),
                server
                        + bundles
                        + "stages: {candidate: {target: 127.0.0.1:1}, ranking: {target: 127.0.0.1:1}, reranker: {target: 127.0.0.1:1}}\n"
                        + "item_log_store: {folder: '%s'}%n"
                                .formatted(scratch.resolve("item-log").toAbsolutePath())
                        + "pipelines: {home: {generators: [{name: popular, limit: 10}], policy: home}}\n");
        ItemSite site = new ItemSite(GatewayMain.start(door, Readiness.silent()));
        try {
            site.gateway.lookForBundles(Deadline.after(START));
            for (int replica = 0; replica < 2; replica++) {
                CandidateConfiguration stage = load(
                        CandidateConfiguration.class,
                        scratch.resolve("candidate-" + replica + ".yaml"),
                        server + bundles + "item_log: {target: '"
                                + site.gateway.host().address() + "'}\n");
                StageProcess<?> process = CandidateServiceMain.start(stage, Readiness.silent());
                site.candidates.add(process);
                site.channels.add(channel(process));
                process.lookForBundles(Deadline.after(START));
            }
            return site;
        } catch (IOException | RuntimeException e) {
            site.close();
            throw e;
        }
    }

    ManagedChannel gateway() {
        return channels.getFirst();
    }

    /** @param replica 0 or 1 */
    ManagedChannel candidate(int replica) {
        return channels.get(1 + replica);
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        candidates.forEach(StageProcess::close);
        gateway.close();
    }

    private static ManagedChannel channel(StageProcess<?> process) {
        return NettyChannelBuilder.forTarget(process.host().address())
                .usePlaintext()
                .build();
    }

    private static <C extends Record> C load(Class<C> type, Path file, String yaml) throws IOException {
        Files.writeString(file, yaml);
        return ConfigurationFile.load(type, file, Map.of());
    }
}
