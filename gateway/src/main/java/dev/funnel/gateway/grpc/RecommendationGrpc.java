package dev.funnel.gateway.grpc;

import dev.funnel.gateway.answer.Answers;
import dev.funnel.gateway.answer.Explained;
import dev.funnel.gateway.pipeline.Pipelines;
import dev.funnel.gateway.pipeline.Request;
import dev.funnel.proto.gateway.v1.ExplainRequest;
import dev.funnel.proto.gateway.v1.ExplainResponse;
import dev.funnel.proto.gateway.v1.ListPipelinesRequest;
import dev.funnel.proto.gateway.v1.ListPipelinesResponse;
import dev.funnel.proto.gateway.v1.RecommendRequest;
import dev.funnel.proto.gateway.v1.RecommendResponse;
import dev.funnel.proto.gateway.v1.RecommendationServiceGrpc;
import dev.funnel.runtime.telemetry.CallSpan;
import dev.funnel.runtime.wire.ReportsToWire;
import dev.funnel.runtime.wire.ToWire;
import io.grpc.stub.StreamObserver;

/** {@code gateway.v1.RecommendationService}: reads, asks, writes. */
public final class RecommendationGrpc extends RecommendationServiceGrpc.RecommendationServiceImplBase {
    private final Pipelines pipelines;
    private final RequestFromWire requests;
    private final Answers answers;

    public RecommendationGrpc(Pipelines pipelines, Answers answers, RequestRights rights) {
        this.pipelines = pipelines;
        this.requests = new RequestFromWire(pipelines, rights);
        this.answers = answers;
    }

    @Override
    public void recommend(RecommendRequest wire, StreamObserver<RecommendResponse> caller) {
        Request request = requests.recommend(wire);
        RecommendResponse answer = AnswerToWire.recommendation(answers.recommend(request), request.explain());
        CallSpan.current()
                .note("pipeline", answer.getPipeline().getName())
                .note("bundle", answer.getBundle().getVersion())
                .count("items_out", answer.getItemsCount())
                .count("degradations", answer.getDegradationsCount());
        send(caller, answer);
    }

    @Override
    public void explain(ExplainRequest wire, StreamObserver<ExplainResponse> caller) {
        Explained explained = answers.explain(requests.explain(wire), wire.getItemIdsList());
        send(
                caller,
                ExplainResponse.newBuilder()
                        .setBundle(ToWire.bundleRef(explained.bundle()))
                        .setPipeline(AnswerToWire.configuration(explained.pipeline()))
                        .addAllExplanations(explained.items().stream()
                                .map(AnswerToWire::explanation)
                                .toList())
                        .addAllDegradations(ReportsToWire.degradations(explained.degradations()))
                        .build());
    }

    @Override
    public void listPipelines(ListPipelinesRequest wire, StreamObserver<ListPipelinesResponse> caller) {
        send(
                caller,
                ListPipelinesResponse.newBuilder()
                        .addAllPipelines(pipelines.all().stream()
                                .map(AnswerToWire::pipeline)
                                .toList())
                        .build());
    }

    private static <T> void send(StreamObserver<T> caller, T answer) {
        caller.onNext(answer);
        caller.onCompleted();
    }
}
