package dev.funnel.cli.client;

import dev.funnel.proto.admin.v1.BundleServiceGrpc;
import dev.funnel.proto.admin.v1.BundleServiceGrpc.BundleServiceBlockingStub;
import dev.funnel.proto.admin.v1.BundleState;
import dev.funnel.proto.admin.v1.BundleStatus;
import dev.funnel.proto.admin.v1.ListBundlesRequest;
import dev.funnel.proto.admin.v1.ListBundlesResponse;
import dev.funnel.proto.admin.v1.LoadBundleRequest;
import dev.funnel.proto.admin.v1.RollBackBundleRequest;
import dev.funnel.proto.common.v1.BundleRef;
import dev.funnel.runtime.grpc.ApiKeyInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** {@code admin.v1.BundleService} of one process. Every call has a deadline, and a failure names the process. */
public final class BundleAdminClient implements AutoCloseable {
    private static final Duration CALL = Duration.ofSeconds(20);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final String process;
    private final ManagedChannel channel;
    private final BundleServiceBlockingStub stub;

    /**
     * @param process {@code host:port}
     * @param apiKey sent with every call; empty: none
     */
    public BundleAdminClient(String process, String apiKey) {
        this.process = process;
        this.channel = NettyChannelBuilder.forTarget(process).usePlaintext().build();
        Metadata headers = new Metadata();
        if (!apiKey.isEmpty()) {
            headers.put(ApiKeyInterceptor.HEADER, apiKey);
        }
        this.stub = BundleServiceGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    public String process() {
        return process;
    }

    public ListBundlesResponse list() throws IOException {
        try {
            return inTime().listBundles(ListBundlesRequest.getDefaultInstance());
        } catch (StatusRuntimeException e) {
            throw failure(e);
        }
    }

    /** Makes a version current; a load that outlasts a call is waited for, at most for {@code longest}. */
    public BundleStatus load(String version, Duration longest) throws IOException, InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        try {
            return inTime().loadBundle(LoadBundleRequest.newBuilder()
                            .setBundle(BundleRef.newBuilder().setVersion(version))
                            .build())
                    .getBundle();
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.DEADLINE_EXCEEDED) {
                throw failure(e);
            }
        }
        while (System.nanoTime() < end) {
            for (BundleStatus status : list().getBundlesList()) {
                if (status.getBundle().getVersion().equals(version)) {
                    if (status.getState() == BundleState.BUNDLE_STATE_CURRENT) {
                        return status;
                    }
                    if (status.getState() == BundleState.BUNDLE_STATE_REFUSED) {
                        throw new IOException(process + ": refuses " + version + ": " + status.getCause());
                    }
                }
            }
            TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
        }
        throw new IOException(process + ": still loads " + version + " after " + longest.toSeconds() + " s");
    }

    public BundleStatus rollBack() throws IOException {
        try {
            return inTime().rollBackBundle(RollBackBundleRequest.getDefaultInstance())
                    .getBundle();
        } catch (StatusRuntimeException e) {
            throw failure(e);
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private BundleServiceBlockingStub inTime() {
        return stub.withDeadlineAfter(CALL.toNanos(), TimeUnit.NANOSECONDS);
    }

    private IOException failure(StatusRuntimeException answer) {
        Status status = answer.getStatus();
        return new IOException(process + ": " + status.getCode() + ": " + status.getDescription(), answer);
    }
}
