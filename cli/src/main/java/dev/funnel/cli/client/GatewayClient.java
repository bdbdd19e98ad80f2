package dev.funnel.cli.client;

import dev.funnel.proto.gateway.v1.ExplainRequest;
import dev.funnel.proto.gateway.v1.ExplainResponse;
import dev.funnel.proto.gateway.v1.ItemLogServiceGrpc;
import dev.funnel.proto.gateway.v1.ItemServiceGrpc;
import dev.funnel.proto.gateway.v1.RecommendRequest;
import dev.funnel.proto.gateway.v1.RecommendResponse;
import dev.funnel.proto.gateway.v1.RecommendationServiceGrpc;
import dev.funnel.proto.gateway.v1.RemoveItemsRequest;
import dev.funnel.proto.gateway.v1.RemoveItemsResponse;
import dev.funnel.proto.gateway.v1.TailRequest;
import dev.funnel.proto.gateway.v1.TailResponse;
import dev.funnel.proto.gateway.v1.UpsertItemsRequest;
import dev.funnel.proto.gateway.v1.UpsertItemsResponse;
import dev.funnel.runtime.grpc.ApiKeyInterceptor;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/** A connection to one gateway. Every call has a deadline. Safe to use from many threads. */
public final class GatewayClient implements AutoCloseable {

    private final ManagedChannel channel;
    private final RecommendationServiceGrpc.RecommendationServiceBlockingStub stub;
    private final ItemServiceGrpc.ItemServiceBlockingStub items;
    private final ItemLogServiceGrpc.ItemLogServiceBlockingStub itemLog;
    private final Duration deadline;

    /**
     * @param target {@code host:port}, or any name that gRPC resolves
     * @param apiKey sent with every call; empty: none
     * @param deadline of every call
     */
    public GatewayClient(String target, String apiKey, Duration deadline) {
        this.channel = NettyChannelBuilder.forTarget(target).usePlaintext().build();
        ClientInterceptor key = MetadataUtils.newAttachHeadersInterceptor(headers(apiKey));
        this.stub = RecommendationServiceGrpc.newBlockingStub(channel).withInterceptors(key);
        this.items = ItemServiceGrpc.newBlockingStub(channel).withInterceptors(key);
        this.itemLog = ItemLogServiceGrpc.newBlockingStub(channel).withInterceptors(key);
        this.deadline = deadline;
    }

    public RecommendResponse recommend(RecommendRequest request) {
        return inTime().recommend(request);
    }

    public ExplainResponse explain(ExplainRequest request) {
        return inTime().explain(request);
    }

    public UpsertItemsResponse upsert(UpsertItemsRequest request) {
        return items.withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS).upsertItems(request);
    }

    public RemoveItemsResponse remove(RemoveItemsRequest request) {
        return items.withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS).removeItems(request);
    }

    /** Entries of the item log until the caller ends, at most for {@code longest}. */
    public Iterator<TailResponse> tail(TailRequest request, Duration longest) {
        return itemLog.withDeadlineAfter(longest.toNanos(), TimeUnit.NANOSECONDS)
                .tail(request);
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
