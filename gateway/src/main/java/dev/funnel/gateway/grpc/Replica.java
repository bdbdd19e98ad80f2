package dev.funnel.gateway.grpc;

import dev.funnel.bundle.BundleVersion;
import dev.funnel.gateway.snapshot.ReplicaAnswer;
import dev.funnel.proto.admin.v1.BundleServiceGrpc;
import dev.funnel.proto.admin.v1.BundleState;
import dev.funnel.proto.admin.v1.BundleStatus;
import dev.funnel.proto.admin.v1.ListBundlesRequest;
import dev.funnel.runtime.grpc.Failures;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Asks one replica whether it serves, through health, and what it holds, through {@code admin.v1.BundleService}. */
final class Replica {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final Channel channel;
    private final String service;
    private final String bundleName;

    /** @param service whose health is asked for */
    Replica(Channel channel, String service, String bundleName) {
        this.channel = channel;
        this.service = service;
        this.bundleName = bundleName;
    }

    ReplicaAnswer ask() {
        try {
            if (!serves()) {
                return ReplicaAnswer.notServing("its health is NOT_SERVING");
            }
            return ReplicaAnswer.serving(held(BundleServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS)
                    .listBundles(ListBundlesRequest.getDefaultInstance())
                    .getBundlesList()));
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode() == Status.Code.UNAVAILABLE
                    ? ReplicaAnswer.notServing(Failures.describe(e))
                    : ReplicaAnswer.silent(Failures.describe(e));
        }
    }

    /** A replica that has no health service is taken to serve, as gRPC does. */
    private boolean serves() {
        try {
            return HealthGrpc.newBlockingStub(channel)
                            .withDeadlineAfter(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS)
                            .check(HealthCheckRequest.newBuilder()
                                    .setService(service)
                                    .build())
                            .getStatus()
                    == ServingStatus.SERVING;
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.UNIMPLEMENTED) {
                return true;
            }
            throw e;
        }
    }

    private Set<BundleVersion> held(List<BundleStatus> statuses) {
        return statuses.stream()
                .filter(status -> status.getState() == BundleState.BUNDLE_STATE_CURRENT
                        || status.getState() == BundleState.BUNDLE_STATE_PREVIOUS)
                .filter(status -> status.getBundle().getName().equals(bundleName))
                .map(status -> BundleVersion.parse(status.getBundle().getVersion()))
                .flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
    }
}
