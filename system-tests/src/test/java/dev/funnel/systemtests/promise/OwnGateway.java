package dev.funnel.systemtests.promise;

import dev.funnel.cli.cluster.Service;
import dev.funnel.cli.cluster.ServiceConfiguration;
import dev.funnel.proto.common.v1.Query;
import dev.funnel.proto.gateway.v1.RecommendRequest;
import dev.funnel.proto.gateway.v1.RecommendationServiceGrpc;
import dev.funnel.proto.gateway.v1.RecommendationServiceGrpc.RecommendationServiceBlockingStub;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A gateway process of a test's own, in front of the shared stages. */
final class OwnGateway implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("ready gateway \\S+:(\\d+) ");
    private static final long START_SECONDS = 60;

    private final TinyFunnel funnel;
    private final FunnelProcess process;
    private final StockClient client;

    private OwnGateway(TinyFunnel funnel, FunnelProcess process, StockClient client) {
        this.funnel = funnel;
        this.process = process;
        this.client = client;
    }

    /** Starts it with the sample configuration, changed as the test says, and waits until it is ready. */
    static OwnGateway start(TinyFunnel funnel, String name, Consumer<ServiceConfiguration> changes)
            throws IOException, InterruptedException {
        Path folder = Files.createDirectories(funnel.data().resolveSibling(name));
        ServiceConfiguration configuration = ServiceConfiguration.sample(Service.GATEWAY)
                .set(0, "server", "port")
                .set(0, "metrics", "port")
                .set(funnel.bundles().toAbsolutePath().toString(), "bundles", "root");
        for (Service stage : List.of(Service.CANDIDATE, Service.RANKING, Service.RERANKER)) {
            String targets = String.join(",", funnel.cluster().targets(stage, 0));
            configuration.set(targets, "stages", stage.label(), "target");
        }
        changes.accept(configuration);
        Path file = folder.resolve("gateway.yaml");
        configuration.write(file);
        FunnelProcess process = FunnelProcess.start(folder, command(file));
        process.awaitText(START_SECONDS, text -> READY.matcher(text).find());
        Matcher ready = READY.matcher(process.out());
        if (!ready.find()) {
            throw new IOException("no ready line: " + process.out());
        }
        return new OwnGateway(funnel, process, new StockClient(Integer.parseInt(ready.group(1))));
    }

    private static List<String> command(Path configuration) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "dev.funnel.gateway.GatewayMain"));
        command.addAll(List.of("--config", configuration.toString(), "--exit-with-parent"));
        return command;
    }

    StockClient client() {
        return client;
    }

    /** Its service, called with headers: name, value, name, value. */
    RecommendationServiceBlockingStub service(String... headers) {
        Metadata sent = new Metadata();
        for (int i = 0; i < headers.length; i += 2) {
            sent.put(Metadata.Key.of(headers[i], Metadata.ASCII_STRING_MARSHALLER), headers[i + 1]);
        }
        return RecommendationServiceGrpc.newBlockingStub(client.channel())
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(sent))
                .withDeadlineAfter(TinyFunnel.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** A request for a page of some user. */
    RecommendRequest request() {
        Query query = funnel.request(asked -> asked.setUserId(funnel.world().userId(2)))
                .getQuery();
        return RecommendRequest.newBuilder().setQuery(query).setPageSize(5).build();
    }

    @Override
    public void close() {
        client.close();
        process.close();
    }
}
