package dev.funnel.systemtests.promise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import dev.funnel.cli.cluster.Service;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Health per service and reflection, asked with the stock clients of gRPC. */
@ExtendWith(TinyFunnelExtension.class)
class HealthAndReflectionTest {

    private static final Map<Service, String> NAMES = Map.of(
            Service.CANDIDATE, "funnel.candidate.v1.CandidateService",
            Service.RANKING, "funnel.ranking.v1.RankingService",
            Service.RERANKER, "funnel.reranker.v1.RerankerService",
            Service.GATEWAY, "funnel.gateway.v1.RecommendationService");

    private final TinyFunnel funnel;

    HealthAndReflectionTest(TinyFunnel funnel) {
        this.funnel = funnel;
    }

    @ParameterizedTest
    @EnumSource
    void a_process_says_that_it_serves_as_a_whole_and_per_service(Service service) {
        try (StockClient client = client(service)) {
            for (String name : List.of("", NAMES.getOrDefault(service, ""), "funnel.admin.v1.BundleService")) {
                assertEquals(ServingStatus.SERVING, health(client, name), service + " " + name);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void reflection_lists_the_services_and_hands_out_the_contract(Service service) throws Exception {
        try (StockClient client = client(service)) {
            String name = NAMES.getOrDefault(service, "");
            List<String> listed = reflect(
                            client, ServerReflectionRequest.newBuilder().setListServices(""))
                    .getListServicesResponse()
                    .getServiceList()
                    .stream()
                    .map(ServiceResponse::getName)
                    .toList();
            assertTrue(listed.contains(name), listed::toString);
            assertTrue(
                    service != Service.RANKING || listed.contains("inference.GRPCInferenceService"), listed::toString);
            FileDescriptorProto file = FileDescriptorProto.parseFrom(
                    reflect(client, ServerReflectionRequest.newBuilder().setFileContainingSymbol(name))
                            .getFileDescriptorResponse()
                            .getFileDescriptorProto(0));
            assertTrue(name.endsWith(file.getService(0).getName()), file::toString);
        }
    }

    private StockClient client(Service service) {
        return new StockClient(funnel.cluster().port(service));
    }

    private static ServingStatus health(StockClient client, String service) {
        return HealthGrpc.newBlockingStub(client.channel())
                .withDeadlineAfter(TinyFunnel.PATIENCE_SECONDS, TimeUnit.SECONDS)
                .check(HealthCheckRequest.newBuilder().setService(service).build())
                .getStatus();
    }

    private static ServerReflectionResponse reflect(StockClient client, ServerReflectionRequest.Builder request)
            throws Exception {
        CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> questions = ServerReflectionGrpc.newStub(client.channel())
                .withDeadlineAfter(TinyFunnel.PATIENCE_SECONDS, TimeUnit.SECONDS)
                .serverReflectionInfo(new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse value) {
                        answer.complete(value);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        answer.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {
                        answer.completeExceptionally(new IllegalStateException("ended without an answer"));
                    }
                });
        questions.onNext(request.build());
        ServerReflectionResponse first = answer.get(TinyFunnel.PATIENCE_SECONDS, TimeUnit.SECONDS);
        questions.onCompleted();
        return first;
    }
}
