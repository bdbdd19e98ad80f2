package dev.funnel.gateway.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.proto.admin.v1.BundleServiceGrpc;
import dev.funnel.proto.admin.v1.ListBundlesRequest;
import dev.funnel.proto.admin.v1.ListBundlesResponse;
import dev.funnel.proto.admin.v1.ReplicaStatus;
import dev.funnel.proto.admin.v1.RollBackBundleRequest;
import dev.funnel.proto.common.v1.DegradationKind;
import dev.funnel.proto.common.v1.Stage;
import dev.funnel.proto.gateway.v1.RecommendResponse;
import dev.funnel.runtime.testing.Await;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which bundle version a request runs on. */
class VersionTest {
    @TempDir
    Path folder;

    private RunningGateway gateway;
    private BundleVersion old;

    @BeforeEach
    void start() {
        old = RunningGateway.publish(folder, SmallBundle.SEED);
        gateway = new RunningGateway(folder, Map.of());
        gateway.stages.hold(old);
        gateway.awaitServing(old);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void a_new_version_is_used_once_every_stage_holds_it() {
        BundleVersion fresh = RunningGateway.publish(folder, 7);
        gateway.stages.candidates.hold(fresh, old);
        gateway.stages.ranking.hold(fresh, old);
        Await.until("the gateway holds the new version", () -> gatewayHolds(fresh));
        assertEquals(old.value(), version(), "the reranker does not hold the new one");
        Await.until(
                "the reranker is named as the one waited for",
                () -> waitedFor(fresh).equals(List.of(gateway.stages.rerankerTarget())));
        gateway.stages.reranker.hold(fresh, old);
        gateway.awaitServing(fresh);
    }

    @Test
    void a_stage_that_lost_a_version_without_saying_so_costs_no_request() {
        BundleVersion fresh = RunningGateway.publish(folder, 7);
        gateway.stages.hold(fresh, old);
        gateway.awaitServing(fresh);
        gateway.stages.ranking.holdSilently(old);
        for (int i = 0; i < 20; i++) {
            RecommendResponse slate = gateway.recommend(RunningGateway.home("user-00"));
            assertEquals(old.value(), slate.getBundle().getVersion());
            assertEquals(0, slate.getDegradationsCount(), slate::toString);
        }
    }

    @Test
    void a_version_that_no_other_can_replace_is_served_without_the_stage_that_lacks_it() {
        gateway.stages.ranking.hold();
        RecommendResponse slate = gateway.recommend(RunningGateway.home("user-00"));
        assertEquals(old.value(), slate.getBundle().getVersion());
        assertEquals(1, slate.getDegradationsCount(), slate::toString);
        assertEquals(Stage.STAGE_RANKING, slate.getDegradations(0).getStage());
        assertEquals(
                DegradationKind.DEGRADATION_KIND_VERSION_MISSING,
                slate.getDegradations(0).getKind());
    }

    @Test
    void rolling_the_gateway_back_rolls_the_funnel_back() {
        BundleVersion fresh = RunningGateway.publish(folder, 7);
        gateway.stages.hold(fresh, old);
        gateway.awaitServing(fresh);
        String current = BundleServiceGrpc.newBlockingStub(gateway.channel())
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .rollBackBundle(RollBackBundleRequest.getDefaultInstance())
                .getBundle()
                .getBundle()
                .getVersion();
        assertEquals(old.value(), current);
        assertEquals(old.value(), version());
    }

    @Test
    void requests_never_mix_versions_while_versions_come_and_go() {
        BundleVersion fresh = RunningGateway.publish(folder, 7);
        for (int i = 0; i < 60; i++) {
            switch (i % 3) {
                case 0 -> gateway.stages.candidates.holdSilently(i % 2 == 0 ? fresh : old);
                case 1 -> gateway.stages.ranking.holdSilently(i % 2 == 0 ? fresh : old);
                default -> gateway.stages.hold(fresh, old);
            }
            gateway.stages.candidates.forgetRequests();
            gateway.stages.ranking.forgetRequests();
            gateway.stages.reranker.forgetRequests();
            RecommendResponse slate = gateway.recommend(RunningGateway.home("user-00"));
            assertEquals(20, slate.getItemsCount());
            if (slate.getDegradationsCount() == 0) {
                String served = slate.getBundle().getVersion();
                assertEquals(
                        served,
                        gateway.stages.candidates.lastRequest().getBundle().getVersion());
                assertEquals(
                        served, gateway.stages.ranking.lastRequest().getBundle().getVersion());
                assertEquals(
                        served,
                        gateway.stages.reranker.lastRequest().getBundle().getVersion());
            }
            assertTrue(gateway.stages.candidates.requests().size() <= 2, "at most one more run");
        }
    }

    private String version() {
        return gateway.recommend(RunningGateway.home("")).getBundle().getVersion();
    }

    /** Which replicas a version waits for, while requests run on the old one. */
    private List<String> waitedFor(BundleVersion fresh) {
        ListBundlesResponse told = BundleServiceGrpc.newBlockingStub(gateway.channel())
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .listBundles(ListBundlesRequest.getDefaultInstance());
        assertEquals(old.value(), told.getPinned().getVersion(), () -> "waiting for " + fresh);
        assertEquals(3, told.getReplicasCount(), told::toString);
        return told.getReplicasList().stream()
                .filter(ReplicaStatus::getHoldsBack)
                .map(ReplicaStatus::getAddress)
                .toList();
    }

    private boolean gatewayHolds(BundleVersion version) {
        return BundleServiceGrpc.newBlockingStub(gateway.channel())
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .listBundles(ListBundlesRequest.getDefaultInstance())
                .getBundlesList()
                .stream()
                .anyMatch(status -> status.getState() == dev.funnel.proto.admin.v1.BundleState.BUNDLE_STATE_CURRENT
                        && status.getBundle().getVersion().equals(version.value()));
    }
}
