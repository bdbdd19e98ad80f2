package dev.funnel.systemtests.promise;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.cli.cluster.Service;
import dev.funnel.proto.admin.v1.BundleServiceGrpc;
import dev.funnel.proto.admin.v1.ListBundlesRequest;
import dev.funnel.proto.admin.v1.ListBundlesResponse;
import dev.funnel.proto.gateway.v1.RecommendResponse;
import dev.funnel.proto.ranking.v1.RankRequest;
import dev.funnel.proto.ranking.v1.RankResponse;
import dev.funnel.proto.ranking.v1.RankingServiceGrpc;
import dev.funnel.runtime.testing.WireServer;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A stage that fails every call gets little more than one for each: retries stop when their budget is spent. */
@ExtendWith(TinyFunnelExtension.class)
class RetryBudgetTest {

    private static final int CALLS = 60;

    @Test
    void a_stage_that_fails_gets_at_most_a_fifth_more_calls_than_requests(TinyFunnel funnel) throws Exception {
        AtomicInteger sent = new AtomicInteger();
        try (StockClient shared = new StockClient(funnel.cluster().port(Service.RANKING));
                WireServer failing = WireServer.serving(new FailingRanking(sent), new Versions(shared));
                OwnGateway gateway = OwnGateway.start(
                        funnel,
                        "retry-budget",
                        configuration -> configuration.set(
                                failing.host().address(), "stages", Service.RANKING.label(), "target"))) {
            sent.set(0); // what warmed the gateway up is not counted
            int asked = 0;
            for (int i = 0; i < CALLS; i++) {
                RecommendResponse slate = gateway.service().recommend(gateway.request());
                assertTrue(slate.getItemsCount() > 0, slate::toString);
                asked++;
            }
            int requests = asked;
            assertTrue(sent.get() > requests / 2, () -> "ranking was hardly asked: " + sent);
            assertTrue(sent.get() <= requests * 1.2, () -> "sent " + sent + " for " + requests);
        }
    }

    private static final class FailingRanking extends RankingServiceGrpc.RankingServiceImplBase {
        private final AtomicInteger sent;

        FailingRanking(AtomicInteger sent) {
            this.sent = sent;
        }

        @Override
        public void rank(RankRequest request, StreamObserver<RankResponse> caller) {
            sent.incrementAndGet();
            caller.onError(Status.UNAVAILABLE.asRuntimeException());
        }
    }

    /** Says it holds the versions that the real ranking holds. */
    private static final class Versions extends BundleServiceGrpc.BundleServiceImplBase {
        private final StockClient ranking;

        Versions(StockClient ranking) {
            this.ranking = ranking;
        }

        @Override
        public void listBundles(ListBundlesRequest request, StreamObserver<ListBundlesResponse> caller) {
            caller.onNext(BundleServiceGrpc.newBlockingStub(ranking.channel())
                    .withDeadlineAfter(TinyFunnel.PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .listBundles(request));
            caller.onCompleted();
        }
    }
}
