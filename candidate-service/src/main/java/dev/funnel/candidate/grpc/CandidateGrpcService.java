package dev.funnel.candidate.grpc;

import dev.funnel.candidate.generate.Generator;
import dev.funnel.candidate.retrieve.Retriever;
import dev.funnel.candidate.snapshot.CandidateSnapshot;
import dev.funnel.proto.candidate.v1.CandidateServiceGrpc;
import dev.funnel.proto.candidate.v1.ListGeneratorsRequest;
import dev.funnel.proto.candidate.v1.ListGeneratorsResponse;
import dev.funnel.proto.candidate.v1.RetrieveRequest;
import dev.funnel.proto.candidate.v1.RetrieveResponse;
import dev.funnel.runtime.bundle.Lease;
import dev.funnel.runtime.bundle.Snapshots;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.telemetry.CallSpan;
import dev.funnel.runtime.wire.FromWire;
import dev.funnel.runtime.wire.ToWire;
import io.grpc.stub.StreamObserver;
import java.util.Comparator;

/** {@code candidate.v1.CandidateService} over a {@link Retriever}. */
public final class CandidateGrpcService extends CandidateServiceGrpc.CandidateServiceImplBase {
    private final Retriever retriever;
    private final Snapshots<CandidateSnapshot> snapshots;

    public CandidateGrpcService(Retriever retriever, Snapshots<CandidateSnapshot> snapshots) {
        this.retriever = retriever;
        this.snapshots = snapshots;
    }

    @Override
    public void retrieve(RetrieveRequest request, StreamObserver<RetrieveResponse> answer) {
        RetrieveResponse retrieved =
                ResponseToWire.retrieval(retriever.retrieve(RequestFromWire.retrieve(request), Deadline.ofCall()));
        CallSpan.current()
                .note("bundle", retrieved.getBundle().getVersion())
                .count("items_out", retrieved.getCandidates().getItemIdsCount())
                .count("degradations", retrieved.getDegradationsCount());
        answer.onNext(retrieved);
        answer.onCompleted();
    }

    @Override
    public void listGenerators(ListGeneratorsRequest request, StreamObserver<ListGeneratorsResponse> answer) {
        try (Lease<CandidateSnapshot> lease = snapshots.lease(FromWire.bundleRef("bundle", request.getBundle()))) {
            answer.onNext(ListGeneratorsResponse.newBuilder()
                    .setBundle(ToWire.bundleRef(lease.bundle()))
                    .addAllGenerators(lease.snapshot().generators().stream()
                            .sorted(Comparator.comparing(Generator::name))
                            .map(ResponseToWire::description)
                            .toList())
                    .build());
        }
        answer.onCompleted();
    }
}
