package dev.funnel.gateway.grpc;

import dev.funnel.bundle.BundleVersion;
import dev.funnel.gateway.snapshot.HeldVersions;
import dev.funnel.proto.admin.v1.BundleServiceGrpc;
import dev.funnel.proto.admin.v1.BundleServiceGrpc.BundleServiceBlockingStub;
import dev.funnel.proto.admin.v1.BundleState;
import dev.funnel.proto.admin.v1.BundleStatus;
import dev.funnel.proto.admin.v1.ListBundlesRequest;
import dev.funnel.runtime.grpc.Failures;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks a stage's {@code admin.v1.BundleService}. Where a stage has several replicas, one of them answers. */
public final class GrpcHeldVersions implements HeldVersions {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final BundleServiceBlockingStub service;
    private final String bundleName;

    public GrpcHeldVersions(Channel channel, String bundleName) {
        this.service = BundleServiceGrpc.newBlockingStub(channel);
        this.bundleName = bundleName;
    }

    @Override
    public Collection<BundleVersion> ask() throws Unanswered {
        try {
            return held(service.withDeadlineAfter(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS)
                    .listBundles(ListBundlesRequest.getDefaultInstance())
                    .getBundlesList());
        } catch (StatusRuntimeException e) {
            throw new Unanswered(Failures.describe(e));
        }
    }

    private Collection<BundleVersion> held(List<BundleStatus> statuses) {
        return statuses.stream()
                .filter(status -> status.getState() == BundleState.BUNDLE_STATE_CURRENT
                        || status.getState() == BundleState.BUNDLE_STATE_PREVIOUS)
                .filter(status -> status.getBundle().getName().equals(bundleName))
                .map(status -> BundleVersion.parse(status.getBundle().getVersion()))
                .flatMap(Optional::stream)
                .toList();
    }
}
