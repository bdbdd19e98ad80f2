package dev.funnel.gateway.grpc;

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
            Channels channels,
            List<ChannelSettings> candidates,
            ChannelSettings ranking,
            ChannelSettings reranker,
            String bundleName,
            VirtualThreads waiting) {
        List<Channel> toCandidates = candidates.stream()
                .map(part -> channels.open(part, CandidateServiceGrpc.SERVICE_NAME))
                .toList();
        Channel toRanking = channels.open(ranking, RankingServiceGrpc.SERVICE_NAME);
        Channel toReranker = channels.open(reranker, RerankerServiceGrpc.SERVICE_NAME);
        List<Replicas> candidateParts = IntStream.range(0, candidates.size())
                .mapToObj(part -> GrpcReplicas.of(
                        candidates.get(part),
                        toCandidates.get(part),
                        CandidateServiceGrpc.SERVICE_NAME,
                        bundleName,
                        waiting))
                .toList();
        return new RemoteStages(
                new ShardedCandidates(
                        toCandidates.stream().map(GrpcCandidateStage::new).toList(), waiting),
                new GrpcRankingStage(toRanking),
                new GrpcRerankingStage(toReranker),
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
}
