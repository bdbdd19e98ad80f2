package dev.funnel.systemtests.promise;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;

/** A plain gRPC connection to a port of this machine, with no settings of ours. */
final class StockClient implements AutoCloseable {

    private final ManagedChannel channel;

    StockClient(int port) {
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    }

    ManagedChannel channel() {
        return channel;
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
