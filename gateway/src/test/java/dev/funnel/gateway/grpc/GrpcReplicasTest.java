package dev.funnel.gateway.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.gateway.snapshot.ReplicaAnswer;
import dev.funnel.gateway.snapshot.Replicas;
import dev.funnel.proto.ranking.v1.RankRequest;
import dev.funnel.proto.ranking.v1.RankResponse;
import dev.funnel.runtime.bundle.ReplicaStatus;
import dev.funnel.runtime.grpc.ChannelSettings;
import dev.funnel.runtime.grpc.VirtualThreads;
import dev.funnel.runtime.testing.WireServer;
import io.grpc.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GrpcReplicasTest {
    private static final BundleVersion V1 = new BundleVersion("20260101000000000-000000000001");
    private static final BundleVersion V2 = new BundleVersion("20260102000000000-000000000002");

    private final VirtualThreads waiting = new VirtualThreads();
    private final List<AutoCloseable> started = new ArrayList<>(List.of(waiting));

    private WireServer holding(BundleVersion... versions) {
        FakeStage<RankRequest, RankResponse> stage =
                new FakeStage<>(request -> RankResponse.getDefaultInstance(), RankRequest::getBundle);
        stage.hold(versions);
        WireServer server = WireServer.serving(WireServer.settings("drain: 0ms"), stage);
        started.add(server);
        return server;
    }

    private Replicas behind(String target) {
        Replicas replicas = GrpcReplicas.of(ChannelSettings.of(target), balanced(), "", SmallBundle.NAME, waiting);
        if (replicas instanceof AutoCloseable open) {
            started.add(open);
        }
        return replicas;
    }

    private Channel balanced() {
        WireServer client = WireServer.serving();
        started.add(client);
        return client.bareChannel("127.0.0.1:1");
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : started.reversed()) {
            each.close();
        }
    }

    @Test
    void every_replica_of_a_list_answers_for_itself() {
        String first = holding(V1).host().address();
        String second = holding(V2, V1).host().address();
        Map<String, ReplicaAnswer> answers = behind(first + ", " + second).ask();
        assertEquals(
                Map.of(first, ReplicaAnswer.serving(Set.of(V1)), second, ReplicaAnswer.serving(Set.of(V1, V2))),
                answers);
    }

    @Test
    void one_that_says_it_does_not_serve_and_one_that_is_gone_do_not_serve() {
        WireServer starting = holding(V1);
        starting.host().ready(false);
        WireServer gone = holding(V1);
        String first = starting.host().address();
        String second = gone.host().address();
        Replicas replicas = behind(first + "," + second);
        assertEquals(ReplicaStatus.State.SERVING, state(replicas, second));
        gone.host().close();
        assertEquals(ReplicaStatus.State.NOT_SERVING, state(replicas, first));
        assertEquals(ReplicaStatus.State.NOT_SERVING, state(replicas, second));
    }

    @Test
    void a_name_stands_for_all_its_addresses() {
        int port = holding(V1).host().port();
        for (String target : List.of("localhost:" + port, "dns:///localhost:" + port)) {
            assertEquals(ReplicaAnswer.serving(Set.of(V1)), behind(target).ask().get("127.0.0.1:" + port), target);
        }
    }

    @Test
    void a_target_that_only_grpc_can_look_up_is_asked_through_the_balanced_channel() {
        Map<String, ReplicaAnswer> answers = behind("xds:///ranking").ask();
        assertEquals(Set.of("xds:///ranking"), answers.keySet());
        assertTrue(ReplicaAddresses.of("unix:/run/funnel").isEmpty());
    }

    @Test
    void a_name_that_cannot_be_looked_up_has_no_replicas_yet() {
        assertEquals(Map.of(), behind("nowhere.invalid:7102").ask());
    }

    private static ReplicaStatus.State state(Replicas replicas, String address) {
        return Objects.requireNonNull(replicas.ask().get(address)).state();
    }
}
