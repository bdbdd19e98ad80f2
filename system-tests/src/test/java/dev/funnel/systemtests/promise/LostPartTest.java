package dev.funnel.systemtests.promise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.ItemShards;
import dev.funnel.cli.cluster.LocalCluster;
import dev.funnel.cli.cluster.Service;
import dev.funnel.proto.common.v1.Degradation;
import dev.funnel.proto.common.v1.DegradationKind;
import dev.funnel.proto.gateway.v1.RecommendResponse;
import dev.funnel.proto.gateway.v1.RecommendationServiceGrpc;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Candidate generation over two processes, one of which is killed. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(TinyFunnelExtension.class)
class LostPartTest {
    private static final int PARTS = 2;
    private static final int LOST = 1;
    private static final int PAGE = 10;

    private final TinyFunnel funnel;
    private final LocalCluster cluster;
    private final StockClient client;

    LostPartTest(TinyFunnel funnel) throws IOException, InterruptedException {
        this.funnel = funnel;
        this.cluster = LocalCluster.start(funnel.plan("lost-part").withCandidateParts(PARTS));
        this.client = new StockClient(cluster.port(Service.GATEWAY));
    }

    @AfterAll
    void stop() {
        client.close();
        cluster.close();
    }

    @Test
    void one_of_two_parts_killed_costs_its_items_and_nothing_else_and_its_return_brings_them_back() throws Exception {
        awaitSlate(slate -> slate.getDegradationsList().isEmpty());
        cluster.process(Service.CANDIDATE, LOST).kill();
        RecommendResponse slate =
                awaitSlate(answer -> !answer.getDegradationsList().isEmpty());
        assertEquals(PAGE, slate.getItemsCount(), slate::toString);
        List<Degradation> losses = slate.getDegradationsList();
        assertEquals(1, losses.size(), slate::toString);
        assertEquals(
                DegradationKind.DEGRADATION_KIND_SHARD_MISSING,
                losses.getFirst().getKind());
        assertEquals("part 1 of 2", losses.getFirst().getComponent());
        assertTrue(
                slate.getItemsList().stream()
                        .noneMatch(item -> ItemShards.of(item.getItemId(), TinyFunnel.SHARDS) % PARTS == LOST),
                slate::toString);
        cluster.restart(Service.CANDIDATE, LOST);
        awaitSlate(answer -> answer.getDegradationsList().isEmpty());
    }

    private RecommendResponse awaitSlate(Predicate<RecommendResponse> wanted) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        RecommendResponse slate = recommend();
        while (!wanted.test(slate)) {
            assertTrue(System.nanoTime() < deadline, slate::toString);
            slate = recommend();
        }
        return slate;
    }

    private RecommendResponse recommend() {
        return RecommendationServiceGrpc.newBlockingStub(client.channel())
                .withDeadlineAfter(TinyFunnel.PATIENCE_SECONDS, TimeUnit.SECONDS)
                .recommend(funnel.request(query -> query.setUserId("u7"))
                        .setPageSize(PAGE)
                        .build());
    }
}
