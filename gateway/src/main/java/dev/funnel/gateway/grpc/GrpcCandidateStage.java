package dev.funnel.gateway.grpc;

import dev.funnel.gateway.stage.CandidateStage;
import dev.funnel.gateway.stage.GeneratorRequest;
import dev.funnel.gateway.stage.RetrieveCall;
import dev.funnel.gateway.stage.Retrieved;
import dev.funnel.gateway.stage.StageOutcome;
import dev.funnel.proto.candidate.v1.CandidateServiceGrpc;
import dev.funnel.proto.candidate.v1.CandidateServiceGrpc.CandidateServiceBlockingStub;
import dev.funnel.proto.candidate.v1.RetrieveRequest;
import dev.funnel.proto.candidate.v1.RetrieveResponse;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.wire.CandidatesFromWire;
import dev.funnel.runtime.wire.ReportsFromWire;
import dev.funnel.runtime.wire.ToWire;
import io.grpc.Channel;

/** {@code candidate.v1.CandidateService} as a stage. */
public final class GrpcCandidateStage implements CandidateStage {
    private final CandidateServiceBlockingStub service;

    public GrpcCandidateStage(Channel channel) {
        this.service = CandidateServiceGrpc.newBlockingStub(channel);
    }

    @Override
    public StageOutcome<Retrieved> retrieve(RetrieveCall call, Deadline until) {
        return StageCalls.outcome(
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
                .setExplain(call.explain())
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
        return new Retrieved(
                CandidatesFromWire.candidates("candidates", response.getCandidates()),
                ReportsFromWire.degradations(response.getDegradationsList()),
                ReportsFromWire.report(response.getReport()),
                ReportsFromWire.traces(response.getTracesList()));
    }
}
