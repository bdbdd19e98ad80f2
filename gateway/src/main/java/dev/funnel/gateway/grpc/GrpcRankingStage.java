package dev.funnel.gateway.grpc;

import dev.funnel.gateway.stage.RankCall;
import dev.funnel.gateway.stage.RankingStage;
import dev.funnel.gateway.stage.Ranks;
import dev.funnel.gateway.stage.StageOutcome;
import dev.funnel.proto.ranking.v1.RankRequest;
import dev.funnel.proto.ranking.v1.RankResponse;
import dev.funnel.proto.ranking.v1.RankingServiceGrpc;
import dev.funnel.proto.ranking.v1.RankingServiceGrpc.RankingServiceBlockingStub;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.wire.CandidatesFromWire;
import dev.funnel.runtime.wire.ReportsFromWire;
import dev.funnel.runtime.wire.Stage;
import dev.funnel.runtime.wire.ToWire;
import io.grpc.Channel;

/** {@code ranking.v1.RankingService} as a stage. */
public final class GrpcRankingStage implements RankingStage {
    private final RankingServiceBlockingStub service;

    public GrpcRankingStage(Channel channel) {
        this.service = RankingServiceGrpc.newBlockingStub(channel);
    }

    @Override
    public StageOutcome<Ranks> rank(RankCall call, Deadline until) {
        return StageCalls.outcome(
                Stage.RANKING,
                () -> answer(call, StageCalls.until(service, until).rank(request(call))));
    }

    private static RankRequest request(RankCall call) {
        return RankRequest.newBuilder()
                .setUser(ToWire.userState(call.user()))
                .setQuery(ToWire.query(call.query()))
                .setBundle(ToWire.bundleRef(call.bundle()))
                .setCandidates(ToWire.candidates(call.candidates()))
                .setObjective(call.objective())
                .addAllHeads(call.heads())
                .addAllTraceItemIds(call.traced())
                .setExplain(call.explain())
                .build();
    }

    private static Ranks answer(RankCall call, RankResponse response) {
        StageCalls.checkVersion(call.bundle(), response.getBundle());
        int pool = call.candidates().size();
        return new Ranks(
                CandidatesFromWire.scores("scores", response.getScoresList(), pool),
                response.getObjective(),
                CandidatesFromWire.heads("heads", response.getHeadsList(), pool),
                ReportsFromWire.degradations(response.getDegradationsList()),
                ReportsFromWire.report(response.getReport()),
                ReportsFromWire.traces(response.getTracesList()));
    }
}
