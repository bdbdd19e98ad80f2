package dev.funnel.gateway.grpc;

import dev.funnel.gateway.GatewayConfiguration;
import dev.funnel.gateway.bulkhead.BoundedCandidates;
import dev.funnel.gateway.bulkhead.Bulkhead;
import dev.funnel.gateway.snapshot.Replicas;
import dev.funnel.gateway.stage.CandidateStage;
import dev.funnel.gateway.stage.RankingStage;
import dev.funnel.gateway.stage.RerankingStage;
import dev.funnel.gateway.stage.ShardedCandidates;
import dev.funnel.proto.candidate.v1.CandidateServiceGrpc;
import dev.funnel.proto.ranking.v1.RankingServiceGrpc;
import dev.funnel.proto.reranker.v1.RerankerServiceGrpc;
import dev.funnel.runtime.grpc.ChannelSettings;
import dev.funnel.runtime.grpc.Channels;
import dev.funnel.runtime.grpc.VirtualThreads;
import dev.funnel.runtime.wire.Stage;
import io.grpc.Channel;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The three stages, each behind its channel.
 *
 * @param replicas how to ask every replica of each part of each which bundle versions it holds
 */
public record RemoteStages(
        CandidateStage candidates, RankingStage ranking, RerankingStage reranking, Map<Stage, List<Replicas>> replicas)
        implements AutoCloseable {

    /** Opens a channel to each; connections are made when first needed. */
    public static RemoteStages open(
            Channels channels, GatewayConfiguration.Stages settings, String bundleName, VirtualThreads waiting) {
        List<ChannelSettings> candidates = settings.candidate().channels();
        ChannelSettings ranking = settings.ranking().channel();
        ChannelSettings reranker = settings.reranker().channel();
        List<Channel> toCandidates = candidates.stream()
                .map(part -> channels.open(
                        part,
                        CandidateServiceGrpc.SERVICE_NAME,
                        settings.candidate().policy()))
                .toList();
        Channel toRanking = channels.open(
                ranking, RankingServiceGrpc.SERVICE_NAME, settings.ranking().policy());
        Channel toReranker = channels.open(
                reranker, RerankerServiceGrpc.SERVICE_NAME, settings.reranker().policy());
        List<Replicas> candidateParts = IntStream.range(0, candidates.size())
                .mapToObj(part -> GrpcReplicas.of(
                        candidates.get(part),
                        toCandidates.get(part),
                        CandidateServiceGrpc.SERVICE_NAME,
                        bundleName,
                        waiting))
                .toList();
        return new RemoteStages(
                new BoundedCandidates(
                        new ShardedCandidates(
                                toCandidates.stream()
                                        .map(GrpcCandidateStage::new)
                                        .toList(),
                                waiting),
                        settings.candidate().maxConcurrent(),
                        settings.candidate().maxConcurrentByGenerator()),
                bounded(new GrpcRankingStage(toRanking), settings.ranking().maxConcurrent()),
                bounded(new GrpcRerankingStage(toReranker), settings.reranker().maxConcurrent()),
                Map.of(
                        Stage.CANDIDATES,
                        candidateParts,
                        Stage.RANKING,
                        List.of(GrpcReplicas.of(
                                ranking, toRanking, RankingServiceGrpc.SERVICE_NAME, bundleName, waiting)),
                        Stage.RERANKING,
                        List.of(GrpcReplicas.of(
                                reranker, toReranker, RerankerServiceGrpc.SERVICE_NAME, bundleName, waiting))));
    }

    /** Closes the connections to replicas; the channels are closed by whoever opened {@code channels}. */
    @Override
    public void close() {
        for (List<Replicas> parts : replicas.values()) {
            for (Replicas part : parts) {
                if (part instanceof GrpcReplicas connected) {
                    connected.close();
                }
            }
        }
    }

    private static RankingStage bounded(RankingStage stage, int most) {
        Bulkhead bulkhead = new Bulkhead("ranking", most);
        return (call, until) -> bulkhead.within(() -> stage.rank(call, until));
    }

    private static RerankingStage bounded(RerankingStage stage, int most) {
        Bulkhead bulkhead = new Bulkhead("re-ranking", most);
        return (call, until) -> bulkhead.within(() -> stage.rerank(call, until));
    }
}
