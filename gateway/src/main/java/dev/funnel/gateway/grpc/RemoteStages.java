package dev.funnel.gateway.grpc;

import dev.funnel.gateway.snapshot.HeldVersions;
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

/**
 * The three stages, each behind its channel.
 *
 * @param heldVersions how to ask each part of each which bundle versions it holds
 */
public record RemoteStages(
        CandidateStage candidates,
        RankingStage ranking,
        RerankingStage reranking,
        Map<Stage, List<HeldVersions>> heldVersions) {

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
        return new RemoteStages(
                new ShardedCandidates(
                        toCandidates.stream().map(GrpcCandidateStage::new).toList(), waiting),
                new GrpcRankingStage(toRanking),
                new GrpcRerankingStage(toReranker),
                Map.of(
                        Stage.CANDIDATES,
                                toCandidates.stream()
                                        .<HeldVersions>map(channel -> new GrpcHeldVersions(channel, bundleName))
                                        .toList(),
                        Stage.RANKING, List.of(new GrpcHeldVersions(toRanking, bundleName)),
                        Stage.RERANKING, List.of(new GrpcHeldVersions(toReranker, bundleName))));
    }
}
