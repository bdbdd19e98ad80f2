package dev.funnel.benchmarks.load;

import io.grpc.Server;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * A process that does nothing: it answers health checks, after it asked the servers behind it one after the other. Four of them, one in front
 * of three, are the floor under a funnel of four services: processes, sockets, threads and gRPC are the same, the messages are empty.
 *
 * <p>Arguments: the port to listen on, then the ports of those behind it. It ends with its parent.
 */
public final class EchoMain extends HealthGrpc.HealthImplBase {

    private static final String HOST = "127.0.0.1";
    private static final long CALL_SECONDS = 1;

    private final List<HealthGrpc.HealthBlockingStub> behind;

    private EchoMain(List<HealthGrpc.HealthBlockingStub> behind) {
        this.behind = behind;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        List<HealthGrpc.HealthBlockingStub> behind = IntStream.range(1, args.length)
                .mapToObj(each -> stub(Integer.parseInt(args[each])))
                .toList();
        Server server = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])))
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .addService(new EchoMain(behind))
                .build()
                .start();
        ProcessHandle.current().parent().ifPresent(parent -> {
            var _ = parent.onExit().thenRun(server::shutdownNow);
        });
        server.awaitTermination();
    }

    @Override
    public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> observer) {
        for (HealthGrpc.HealthBlockingStub each : behind) {
            var _ = each.withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS).check(request);
        }
        observer.onNext(HealthCheckResponse.newBuilder()
                .setStatus(ServingStatus.SERVING)
                .build());
        observer.onCompleted();
    }

    private static HealthGrpc.HealthBlockingStub stub(int port) {
        return HealthGrpc.newBlockingStub(NettyChannelBuilder.forAddress(HOST, port)
                .usePlaintext()
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build());
    }
}
