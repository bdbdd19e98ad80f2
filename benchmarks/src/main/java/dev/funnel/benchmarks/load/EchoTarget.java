package dev.funnel.benchmarks.load;

import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** The first of a chain of {@link EchoMain}s, asked for nothing. */
public final class EchoTarget implements Target, AutoCloseable {

    private final Connections connections;

    /** @param address {@code host:port} */
    public EchoTarget(String address, Duration deadline) {
        this.connections = new Connections(address, deadline, "");
    }

    @Override
    public void send(long number, Consumer<Ending> ended) {
        connections.send(
                HealthGrpc.getCheckMethod(),
                HealthCheckRequest.getDefaultInstance(),
                number,
                (answer, margin) -> new Ending.Answered(List.of(), "", StageTimes.NONE, "", margin),
                ended);
    }

    @Override
    public void close() {
        connections.close();
    }
}
