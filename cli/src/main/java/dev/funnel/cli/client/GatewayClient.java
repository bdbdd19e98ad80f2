package dev.funnel.cli.client;

import dev.funnel.proto.gateway.v1.ExplainRequest;
import dev.funnel.proto.gateway.v1.ExplainResponse;
import dev.funnel.proto.gateway.v1.RecommendRequest;
import dev.funnel.proto.gateway.v1.RecommendResponse;
import dev.funnel.proto.gateway.v1.RecommendationServiceGrpc;
import dev.funnel.runtime.grpc.ApiKeyInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A connection to one gateway. Every call has a deadline. Safe to use from many threads. */
public final class GatewayClient implements AutoCloseable {

    private static final Metadata.Key<String> API_KEY = Metadata.Key.of("x-api-key", Metadata.ASCII_STRING_MARSHALLER);

    private final ManagedChannel channel;
    private final RecommendationServiceGrpc.RecommendationServiceBlockingStub stub;
    private final Duration deadline;

    /**
     * @param target {@code host:port}, or any name that gRPC resolves
     * @param apiKey sent with every call; empty: none
     * @param deadline of every call
     */
    public GatewayClient(String target, String apiKey, Duration deadline) {
        this.channel = NettyChannelBuilder.forTarget(target).usePlaintext().build();
        this.stub = RecommendationServiceGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers(apiKey)));
        this.deadline = deadline;
    }

    public RecommendResponse recommend(RecommendRequest request) {
        return inTime().recommend(request);
    }

    public ExplainResponse explain(ExplainRequest request) {
        return inTime().explain(request);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private RecommendationServiceGrpc.RecommendationServiceBlockingStub inTime() {
        return stub.withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static Metadata headers(String apiKey) {
        Metadata headers = new Metadata();
        if (!apiKey.isEmpty()) {
            headers.put(ApiKeyInterceptor.HEADER, apiKey);
        }
        return headers;
    }
}
