package dev.funnel.gateway.grpc;

import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.proto.candidate.v1.CandidateServiceGrpc;
import dev.funnel.proto.candidate.v1.RetrieveRequest;
import dev.funnel.proto.candidate.v1.RetrieveResponse;
import dev.funnel.proto.common.v1.Candidates;
import dev.funnel.proto.common.v1.HeadValues;
import dev.funnel.proto.common.v1.ItemTrace;
import dev.funnel.proto.common.v1.Nomination;
import dev.funnel.proto.common.v1.Stage;
import dev.funnel.proto.common.v1.StageReport;
import dev.funnel.proto.common.v1.TraceVerdict;
import dev.funnel.proto.ranking.v1.RankRequest;
import dev.funnel.proto.ranking.v1.RankResponse;
import dev.funnel.proto.ranking.v1.RankingServiceGrpc;
import dev.funnel.proto.reranker.v1.Reason;
import dev.funnel.proto.reranker.v1.RerankRequest;
import dev.funnel.proto.reranker.v1.RerankResponse;
import dev.funnel.proto.reranker.v1.RerankerServiceGrpc;
import dev.funnel.proto.reranker.v1.SlateItem;
import dev.funnel.runtime.testing.WireServer;
import io.grpc.BindableService;
import io.grpc.stub.StreamObserver;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The three stages on real sockets. Honest candidates nominate every item that the request does not keep out, by {@code als} and,
 * the even ones, {@code covisit}; the honest ranker's score of {@code item-07} is 7; the honest reranker orders by score.
 */
final class FakeStages implements AutoCloseable {
    final FakeStage<RetrieveRequest, RetrieveResponse> candidates =
            new FakeStage<>(FakeStages::retrieve, RetrieveRequest::getBundle);
    final FakeStage<RankRequest, RankResponse> ranking = new FakeStage<>(FakeStages::rank, RankRequest::getBundle);
    final FakeStage<RerankRequest, RerankResponse> reranker =
            new FakeStage<>(FakeStages::rerank, RerankRequest::getBundle);

    private final WireServer candidateServer = serve(candidateService(), candidates);
    private final WireServer rankingServer = serve(rankingService(), ranking);
    private final WireServer rerankerServer = serve(rerankerService(), reranker);

    String candidateTarget() {
        return candidateServer.host().address();
    }

    String rankingTarget() {
        return rankingServer.host().address();
    }

    String rerankerTarget() {
        return rerankerServer.host().address();
    }

    void hold(BundleVersion... versions) {
        candidates.hold(versions);
        ranking.hold(versions);
        reranker.hold(versions);
    }

    void honest() {
        candidates.honest();
        ranking.honest();
        reranker.honest();
    }

    /** Calls that are never answered are cut off when the test ends. */
    private static WireServer serve(BindableService... services) {
        return WireServer.serving(WireServer.settings("drain: 200ms"), services);
    }

    /** The number in an item's id: the honest ranker's score of it. */
    static int number(String itemId) {
        return Integer.parseInt(itemId.substring("item-".length()));
    }

    /** Nominates exactly these, whatever the request keeps out. */
    static RetrieveResponse nominating(RetrieveRequest request, List<String> itemIds) {
        Nomination.Builder als = Nomination.newBuilder().setGenerator("als");
        Nomination.Builder covisit = Nomination.newBuilder().setGenerator("covisit");
        Candidates.Builder pool = Candidates.newBuilder().addAllItemIds(itemIds);
        for (int position = 0; position < itemIds.size(); position++) {
            float score = 1f / (position + 1);
            pool.addCalibratedScores(score);
            als.addPositions(position)
                    .addScores(10 * score)
                    .addCalibrated(score)
                    .addPoolScores(10 * score);
            if (position % 2 == 0) {
                covisit.addPositions(position).addScores(5 * score).addCalibrated(score / 2);
            }
        }
        return RetrieveResponse.newBuilder()
                .setBundle(request.getBundle())
                .setCandidates(pool.addNominations(als).addNominations(covisit))
                .setReport(report(Stage.STAGE_CANDIDATES, 0, itemIds.size()))
                .addAllTraces(request.getTraceItemIdsList().stream()
                        .map(id -> trace(id, Stage.STAGE_CANDIDATES, itemIds.contains(id)))
                        .toList())
                .build();
    }

    private static RetrieveResponse retrieve(RetrieveRequest request) {
        Set<String> out = new HashSet<>(request.getQuery().getExcludeItemIdsList());
        out.addAll(request.getUser().getRecent().getItemIdsList());
        out.addAll(request.getUser().getOlderWatchedItemIdsList());
        out.addAll(request.getUser().getDislikedItemIdsList());
        out.add(request.getQuery().getSeedItemId());
        out.add(SmallBundle.item(SmallBundle.ITEMS - 1)); // expired
        return nominating(
                request,
                IntStream.range(0, SmallBundle.ITEMS)
                        .mapToObj(SmallBundle::item)
                        .filter(item -> !out.contains(item))
                        .toList());
    }

    static RankResponse rank(RankRequest request) {
        RankResponse.Builder response = RankResponse.newBuilder().setBundle(request.getBundle());
        List<String> items = request.getCandidates().getItemIdsList();
        items.forEach(item -> response.addScores(number(item)));
        for (String head : request.getHeadsList()) {
            HeadValues.Builder values = HeadValues.newBuilder().setHead(head);
            items.forEach(item -> values.addValues(number(item) / 100f));
            response.addHeads(values);
        }
        return response.setReport(report(Stage.STAGE_RANKING, items.size(), items.size()))
                .addAllTraces(request.getTraceItemIdsList().stream()
                        .map(id -> trace(id, Stage.STAGE_RANKING, items.contains(id)))
                        .toList())
                .build();
    }

    private static RerankResponse rerank(RerankRequest request) {
        List<String> items = request.getCandidates().getItemIdsList();
        List<Integer> order = IntStream.range(0, items.size())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer at) -> -request.getScores(at)))
                .limit(request.getSlateSize())
                .toList();
        RerankResponse.Builder response = RerankResponse.newBuilder()
                .setBundle(request.getBundle())
                .setPolicy(request.getPolicy())
                .setPolicyHash("0".repeat(64));
        for (int position : order) {
            SlateItem.Builder place = SlateItem.newBuilder()
                    .setItemId(items.get(position))
                    .setPlace(response.getSlateCount() + 1)
                    .setCandidatePosition(position)
                    .setScore(request.getScores(position));
            if (request.getExplain()) {
                place.addReasons(Reason.newBuilder()
                        .setRule("freshness")
                        .setScoreDelta(0.5f)
                        .setDetail("new"));
            }
            response.addSlate(place);
        }
        return response.setReport(report(Stage.STAGE_RERANKING, items.size(), order.size()))
                .build();
    }

    private static StageReport report(Stage stage, int in, int out) {
        return StageReport.newBuilder()
                .setStage(stage)
                .setItemsIn(in)
                .setItemsOut(out)
                .build();
    }

    private static ItemTrace trace(String item, Stage stage, boolean there) {
        return ItemTrace.newBuilder()
                .setItemId(item)
                .setStage(stage)
                .setVerdict(there ? TraceVerdict.TRACE_VERDICT_PASSED : TraceVerdict.TRACE_VERDICT_NOT_NOMINATED)
                .build();
    }

    private CandidateServiceGrpc.CandidateServiceImplBase candidateService() {
        return new CandidateServiceGrpc.CandidateServiceImplBase() {
            @Override
            public void retrieve(RetrieveRequest request, StreamObserver<RetrieveResponse> caller) {
                candidates.handle(request, caller);
            }
        };
    }

    private RankingServiceGrpc.RankingServiceImplBase rankingService() {
        return new RankingServiceGrpc.RankingServiceImplBase() {
            @Override
            public void rank(RankRequest request, StreamObserver<RankResponse> caller) {
                ranking.handle(request, caller);
            }
        };
    }

    private RerankerServiceGrpc.RerankerServiceImplBase rerankerService() {
        return new RerankerServiceGrpc.RerankerServiceImplBase() {
            @Override
            public void rerank(RerankRequest request, StreamObserver<RerankResponse> caller) {
                reranker.handle(request, caller);
            }
        };
    }

    @Override
    public void close() {
        candidateServer.close();
        rankingServer.close();
        rerankerServer.close();
    }
}
