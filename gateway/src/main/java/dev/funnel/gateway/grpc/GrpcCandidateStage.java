package dev.funnel.gateway.grpc;

import dev.funnel.gateway.stage.CandidateStage;
import dev.funnel.gateway.stage.GeneratorRequest;
import dev.funnel.gateway.stage.GeneratorShare;
import dev.funnel.gateway.stage.RetrieveCall;
import dev.funnel.gateway.stage.Retrieved;
import dev.funnel.gateway.stage.StageOutcome;
import dev.funnel.proto.candidate.v1.CandidateServiceGrpc;
import dev.funnel.proto.candidate.v1.CandidateServiceGrpc.CandidateServiceBlockingStub;
import dev.funnel.proto.candidate.v1.GeneratorOutcome;
import dev.funnel.proto.candidate.v1.RetrieveRequest;
import dev.funnel.proto.candidate.v1.RetrieveResponse;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.wire.Bounds;
import dev.funnel.runtime.wire.Candidates;
import dev.funnel.runtime.wire.CandidatesFromWire;
import dev.funnel.runtime.wire.ReportsFromWire;
import dev.funnel.runtime.wire.Stage;
import dev.funnel.runtime.wire.ToWire;
import io.grpc.Channel;
import java.util.ArrayList;
import java.util.List;

/** {@code candidate.v1.CandidateService} as a stage. */
public final class GrpcCandidateStage implements CandidateStage {
    private final CandidateServiceBlockingStub service;

    public GrpcCandidateStage(Channel channel) {
        this.service = CandidateServiceGrpc.newBlockingStub(channel);
    }

    @Override
    public StageOutcome<Retrieved> retrieve(RetrieveCall call, Deadline until) {
        return StageCalls.outcome(
                Stage.CANDIDATES,
                () -> answer(call, StageCalls.until(service, until).retrieve(request(call))));
    }

    private static RetrieveRequest request(RetrieveCall call) {
        return RetrieveRequest.newBuilder()
                .setUser(ToWire.userState(call.user()))
                .setQuery(ToWire.query(call.query()))
                .setBundle(ToWire.bundleRef(call.bundle()))
                .addAllGenerators(call.generators().stream()
                        .map(GrpcCandidateStage::generator)
                        .toList())
                .addAllTraceItemIds(call.traced())
                .addAllStrictRules(ToWire.strictRules(call.strictRules()))
                .setEffort(call.effort())
                .setExplain(call.explain())
                .addAllShards(call.shards())
                .setPartial(call.partial())
                .build();
    }

    private static dev.funnel.proto.candidate.v1.GeneratorRequest generator(GeneratorRequest generator) {
        return dev.funnel.proto.candidate.v1.GeneratorRequest.newBuilder()
                .setName(generator.name())
                .setLimit(generator.limit())
                .build();
    }

    private static Retrieved answer(RetrieveCall call, RetrieveResponse response) {
        StageCalls.checkVersion(call.bundle(), response.getBundle());
        Candidates candidates = CandidatesFromWire.candidates("candidates", response.getCandidates());
        return new Retrieved(
                candidates,
                shares(response.getOutcomesList(), candidates.size()),
                ReportsFromWire.degradations(response.getDegradationsList()),
                ReportsFromWire.report(response.getReport()),
                ReportsFromWire.traces(response.getTracesList()));
    }

    private static List<GeneratorShare> shares(List<GeneratorOutcome> wire, int candidates) {
        Bounds.atMost("outcomes", wire, Bounds.GENERATORS);
        List<GeneratorShare> shares = new ArrayList<>();
        for (int i = 0; i < wire.size(); i++) {
            GeneratorOutcome outcome = wire.get(i);
            String at = "outcomes[" + i + "].";
            int[] positions =
                    CandidatesFromWire.positions(at + "second_positions", outcome.getSecondPositionsList(), candidates);
            shares.add(new GeneratorShare(
                    Bounds.requiredId(at + "generator", outcome.getGenerator()),
                    Bounds.count(at + "limit", outcome.getLimit(), Bounds.CANDIDATES),
                    positions,
                    Bounds.finite(at + "second_scores", outcome.getSecondScoresList(), positions.length)));
        }
        return shares;
    }
}
