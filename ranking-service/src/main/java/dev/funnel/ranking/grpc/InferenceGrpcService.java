package dev.funnel.ranking.grpc;

import dev.funnel.bundle.schema.BlockType;
import dev.funnel.proto.inference.GRPCInferenceServiceGrpc;
import dev.funnel.proto.inference.ModelInferRequest;
import dev.funnel.proto.inference.ModelInferResponse;
import dev.funnel.proto.inference.ModelMetadataRequest;
import dev.funnel.proto.inference.ModelMetadataResponse;
import dev.funnel.proto.inference.ModelReadyRequest;
import dev.funnel.proto.inference.ModelReadyResponse;
import dev.funnel.proto.inference.ServerLiveRequest;
import dev.funnel.proto.inference.ServerLiveResponse;
import dev.funnel.proto.inference.ServerMetadataRequest;
import dev.funnel.proto.inference.ServerMetadataResponse;
import dev.funnel.proto.inference.ServerReadyRequest;
import dev.funnel.proto.inference.ServerReadyResponse;
import dev.funnel.ranking.rank.PoolScoring;
import dev.funnel.ranking.rank.SharedHold;
import dev.funnel.ranking.snapshot.RankingSnapshot;
import dev.funnel.ranking.snapshot.ServedNetwork;
import dev.funnel.runtime.bundle.Lease;
import dev.funnel.runtime.bundle.Snapshots;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.error.CallerError;
import dev.funnel.runtime.error.NotFound;
import dev.funnel.runtime.wire.BundleRef;
import io.grpc.stub.StreamObserver;
import java.util.List;

/**
 * {@code inference.GRPCInferenceService}, the Open Inference Protocol v2: the network of a bundle's ranker as a model, for clients
 * that make its features themselves. The model's name is the bundle's, its versions are those held; it takes the blocks of the
 * feature schema and gives the outputs of its heads. Rows are scored on the threads that score pools.
 */
public final class InferenceGrpcService extends GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase {
    private static final String SERVER = "funnel-ranking-service";
    private static final String PLATFORM = "onnx_onnxv1";
    private static final String NO_MODEL = "MODEL_NOT_FOUND";

    private final Snapshots<RankingSnapshot> snapshots;
    private final PoolScoring scoring;
    private final String bundleName;

    public InferenceGrpcService(Snapshots<RankingSnapshot> snapshots, PoolScoring scoring, String bundleName) {
        this.snapshots = snapshots;
        this.scoring = scoring;
        this.bundleName = bundleName;
    }

    @Override
    public void serverLive(ServerLiveRequest request, StreamObserver<ServerLiveResponse> observer) {
        observer.onNext(ServerLiveResponse.newBuilder().setLive(true).build());
        observer.onCompleted();
    }

    @Override
    public void serverReady(ServerReadyRequest request, StreamObserver<ServerReadyResponse> observer) {
        observer.onNext(
                ServerReadyResponse.newBuilder().setReady(snapshots.ready()).build());
        observer.onCompleted();
    }

    @Override
    public void serverMetadata(ServerMetadataRequest request, StreamObserver<ServerMetadataResponse> observer) {
        String version = InferenceGrpcService.class.getPackage().getImplementationVersion();
        observer.onNext(ServerMetadataResponse.newBuilder()
                .setName(SERVER)
                .setVersion(version == null ? "" : version)
                .build());
        observer.onCompleted();
    }

    @Override
    public void modelReady(ModelReadyRequest request, StreamObserver<ModelReadyResponse> observer) {
        boolean ready = false;
        if (snapshots.ready()) {
            try (Lease<RankingSnapshot> lease = model(request.getName(), request.getVersion())) {
                ready = lease.snapshot().ranks();
            }
        }
        observer.onNext(ModelReadyResponse.newBuilder().setReady(ready).build());
        observer.onCompleted();
    }

    @Override
    public void modelMetadata(ModelMetadataRequest request, StreamObserver<ModelMetadataResponse> observer) {
        try (Lease<RankingSnapshot> lease = model(request.getName(), request.getVersion())) {
            ServedNetwork network = lease.snapshot().network();
            ModelMetadataResponse.Builder wire =
                    ModelMetadataResponse.newBuilder().setName(bundleName).setPlatform(PLATFORM);
            snapshots.held().forEach(version -> wire.addVersions(version.value()));
            inputs(network).forEach(form -> wire.addInputs(form.toWire()));
            TensorForm.outputs(network.schema()).forEach(form -> wire.addOutputs(form.toWire()));
            observer.onNext(wire.build());
        }
        observer.onCompleted();
    }

    @Override
    public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> observer) {
        try (SharedHold hold = new SharedHold(model(request.getModelName(), request.getModelVersion()))) {
            ServedNetwork network = hold.lease().snapshot().network();
            InferCall call = InferCall.of(request, network.schema(), inputs(network));
            float[][] heads = run(call, network, hold);
            observer.onNext(InferAnswer.of(
                    request, call, network.schema(), heads, hold.lease().bundle()));
        }
        observer.onCompleted();
    }

    private float[][] run(InferCall call, ServedNetwork network, SharedHold hold) {
        int heads = network.schema().heads().size();
        try {
            return scoring.score(
                    hold,
                    call.rows(),
                    () -> new float[heads][call.rows()],
                    (values, from, to) -> network.run(call::copyTo, from, to, values),
                    Deadline.ofCall());
        } catch (IllegalStateException e) {
            throw looksRowsUp(network) ? rowNumbers(e) : e;
        }
    }

    private static boolean looksRowsUp(ServedNetwork network) {
        return network.schema().blocks().stream().anyMatch(block -> block.dtype() == BlockType.INT64);
    }

    /** Only the network knows how large its tables are. */
    private static CallerError rowNumbers(IllegalStateException failure) {
        return new CallerError(
                "inputs", "a row number", "must be one of the network's tables: " + failure.getMessage());
    }

    private static List<TensorForm> inputs(ServedNetwork network) {
        return TensorForm.inputs(network.schema(), network.oneRow());
    }

    /** Takes hold of a model, or says which there are. */
    private Lease<RankingSnapshot> model(String name, String version) {
        List<String> held = snapshots.held().stream().map(each -> each.value()).toList();
        boolean known = held.isEmpty() || version.isEmpty() || held.contains(version);
        if (!name.equals(bundleName) || !known) {
            throw new NotFound(
                    NO_MODEL,
                    "there is no model " + CallerError.shown(name) + " of version " + CallerError.shown(version)
                            + "; held is model \"" + bundleName + "\" in versions " + held);
        }
        return snapshots.lease(new BundleRef(bundleName, version));
    }
}
