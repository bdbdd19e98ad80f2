package dev.funnel.runtime.grpc;

import dev.funnel.proto.candidate.v1.CandidateServiceGrpc;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;

/** A caller as others write it: no deadline, no health checks, no manners. */
final class RawClient implements AutoCloseable {
    private final ManagedChannel channel;

    RawClient(String address) {
        channel = NettyChannelBuilder.forTarget(address).usePlaintext().build();
    }

    Channel channel() {
        return channel;
    }

    CandidateServiceGrpc.CandidateServiceBlockingStub stub() {
        return CandidateServiceGrpc.newBlockingStub(channel);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
