package dev.funnel.runtime.bundle;

import dev.funnel.bundle.BundleVersion;
import dev.funnel.proto.admin.v1.BundleServiceGrpc;
import dev.funnel.proto.admin.v1.BundleState;
import dev.funnel.proto.admin.v1.BundleStatus;
import dev.funnel.proto.admin.v1.ItemLogStatus;
import dev.funnel.proto.admin.v1.ListBundlesRequest;
import dev.funnel.proto.admin.v1.ListBundlesResponse;
import dev.funnel.proto.admin.v1.LoadBundleRequest;
import dev.funnel.proto.admin.v1.LoadBundleResponse;
import dev.funnel.proto.admin.v1.ReplicaState;
import dev.funnel.proto.admin.v1.RollBackBundleRequest;
import dev.funnel.proto.admin.v1.RollBackBundleResponse;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.error.CallerError;
import dev.funnel.runtime.log.FollowerStatus;
import dev.funnel.runtime.log.ItemLogFollower;
import dev.funnel.runtime.wire.BundleRef;
import dev.funnel.runtime.wire.FromWire;
import dev.funnel.runtime.wire.ToWire;
import dev.funnel.runtime.wire.WireTimes;
import io.grpc.stub.StreamObserver;
import java.util.Comparator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code admin.v1.BundleService} over a process's {@link BundleWatcher}: lists, loads and rolls back bundle versions. */
public final class BundleAdminService extends BundleServiceGrpc.BundleServiceImplBase {
    private final String bundleName;
    private final BundleWatcher<?> watcher;
    private final @Nullable ItemLogFollower follower;
    private volatile Supplier<RollOut> rollOut = () -> RollOut.NONE;

    /** @param follower what follows the item log; null: nothing does */
    public BundleAdminService(BundleSettings settings, BundleWatcher<?> watcher, @Nullable ItemLogFollower follower) {
        this.bundleName = settings.name();
        this.watcher = watcher;
        this.follower = follower;
    }

    /** Also tells, from now on, how far a version has come over the replicas of the stages. */
    public void showRollOut(Supplier<RollOut> shown) {
        rollOut = shown;
    }

    @Override
    public void listBundles(ListBundlesRequest request, StreamObserver<ListBundlesResponse> answer) {
        ListBundlesResponse.Builder response = ListBundlesResponse.newBuilder();
        watcher.statuses().forEach(status -> response.addBundles(wire(status)));
        if (follower != null) {
            response.setItemLog(wire(follower.status()));
        }
        addRollOut(response, rollOut.get());
        answer.onNext(response.build());
        answer.onCompleted();
    }

    @Override
    public void loadBundle(LoadBundleRequest request, StreamObserver<LoadBundleResponse> answer) {
        VersionStatus loaded = watcher.load(version(request), Deadline.ofCall());
        answer.onNext(LoadBundleResponse.newBuilder().setBundle(wire(loaded)).build());
        answer.onCompleted();
    }

    @Override
    public void rollBackBundle(RollBackBundleRequest request, StreamObserver<RollBackBundleResponse> answer) {
        VersionStatus current = watcher.rollBack(Deadline.ofCall());
        answer.onNext(
                RollBackBundleResponse.newBuilder().setBundle(wire(current)).build());
        answer.onCompleted();
    }

    private @Nullable BundleVersion version(LoadBundleRequest request) {
        BundleRef wanted = FromWire.bundleRef("bundle", request.getBundle());
        if (!wanted.name().isEmpty() && !wanted.name().equals(bundleName)) {
            throw new CallerError(
                    "bundle.name", wanted.name(), "must be the bundle this process serves: " + bundleName);
        }
        if (wanted.version().isEmpty()) {
            return null;
        }
        return BundleVersion.parse(wanted.version())
                .orElseThrow(() -> new CallerError(
                        "bundle.version", wanted.version(), "must be yyyyMMddHHmmssSSS-<12 hex digits>"));
    }

    private void addRollOut(ListBundlesResponse.Builder response, RollOut shown) {
        BundleVersion pinned = shown.pinned();
        if (pinned != null) {
            response.setPinned(ref(pinned));
        }
        shown.replicas().forEach(replica -> response.addReplicas(wire(replica)));
    }

    private dev.funnel.proto.admin.v1.ReplicaStatus wire(ReplicaStatus replica) {
        var wire = dev.funnel.proto.admin.v1.ReplicaStatus.newBuilder()
                .setStageValue(replica.stage().number())
                .setAddress(replica.address())
                .setState(state(replica.state()))
                .setCause(replica.cause())
                .setHoldsBack(replica.holdsBack());
        replica.versions().stream().sorted(Comparator.reverseOrder()).forEach(version -> wire.addBundles(ref(version)));
        return wire.build();
    }

    private dev.funnel.proto.common.v1.BundleRef ref(BundleVersion version) {
        return ToWire.bundleRef(new BundleRef(bundleName, version.value()));
    }

    private static ReplicaState state(ReplicaStatus.State state) {
        return switch (state) {
            case SERVING -> ReplicaState.REPLICA_STATE_SERVING;
            case NOT_SERVING -> ReplicaState.REPLICA_STATE_NOT_SERVING;
            case SILENT -> ReplicaState.REPLICA_STATE_SILENT;
        };
    }

    private BundleStatus wire(VersionStatus status) {
        BundleStatus.Builder wire = BundleStatus.newBuilder()
                .setBundle(ref(status.version()))
                .setState(state(status.state()))
                .setCause(status.cause())
                .setSince(WireTimes.timestamp(status.since()))
                .setLeases(status.leases());
        if (status.loadTime() != null) {
            wire.setLoadTime(WireTimes.duration(status.loadTime()));
        }
        return wire.build();
    }

    private static ItemLogStatus wire(FollowerStatus status) {
        return ItemLogStatus.newBuilder()
                .setPosition(status.position())
                .setNewestPosition(status.newest())
                .setLagging(status.lagging())
                .build();
    }

    private static BundleState state(VersionStatus.State state) {
        return switch (state) {
            case LOADING -> BundleState.BUNDLE_STATE_LOADING;
            case CURRENT -> BundleState.BUNDLE_STATE_CURRENT;
            case PREVIOUS -> BundleState.BUNDLE_STATE_PREVIOUS;
            case REFUSED -> BundleState.BUNDLE_STATE_REFUSED;
            case RETIRING -> BundleState.BUNDLE_STATE_RETIRING;
        };
    }
}
