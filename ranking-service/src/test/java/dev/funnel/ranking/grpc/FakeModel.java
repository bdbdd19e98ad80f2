package dev.funnel.ranking.grpc;

import com.google.protobuf.ByteString;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.proto.inference.GRPCInferenceServiceGrpc;
import dev.funnel.proto.inference.ModelInferRequest;
import dev.funnel.proto.inference.ModelInferResponse;
import dev.funnel.proto.inference.ModelMetadataRequest;
import dev.funnel.proto.inference.ModelMetadataResponse;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.UnaryOperator;

/** A small server of the Open Inference Protocol with one model, which gives every row 1, or whatever a test wants. */
final class FakeModel extends GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase implements AutoCloseable {
    static final String NAME = SmallBundle.NAME;

    private final FeatureSchema schema;
    private final Server server;
    private final ManagedChannel channel;
    private volatile UnaryOperator<ModelInferResponse> changed = UnaryOperator.identity();
    private volatile boolean silent;

    FakeModel(FeatureSchema schema) throws IOException {
        this(schema, 0);
    }

    /** One on that port; 0: any that is free. */
    FakeModel(FeatureSchema schema, int port) throws IOException {
        this.schema = schema;
        this.server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", port))
                .addService(this)
                .build()
                .start();
        this.channel = NettyChannelBuilder.forTarget(address()).usePlaintext().build();
    }

    String address() {
        return "127.0.0.1:" + port();
    }

    int port() {
        return server.getPort();
    }

    ManagedChannel channel() {
        return channel;
    }

    /** Never answers any more. */
    void silent() {
        silent = true;
    }

    void answersChanged(UnaryOperator<ModelInferResponse> change) {
        changed = change;
    }

    /** The answer with so many values in each output. */
    static ModelInferResponse values(ModelInferResponse answer, int count, float value) {
        ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            bytes.putFloat(i * Float.BYTES, value);
        }
        ModelInferResponse.Builder changed = answer.toBuilder().clearRawOutputContents();
        for (int i = 0; i < answer.getOutputsCount(); i++) {
            changed.addRawOutputContents(ByteString.copyFrom(bytes.rewind()));
        }
        return changed.build();
    }

    @Override
    public void modelMetadata(ModelMetadataRequest request, StreamObserver<ModelMetadataResponse> observer) {
        if (!request.getName().equals(NAME)) {
            observer.onError(Status.NOT_FOUND.withDescription("no such model").asRuntimeException());
            return;
        }
        ModelMetadataResponse.Builder model = ModelMetadataResponse.newBuilder().setName(NAME);
        TensorForm.inputs(schema, new boolean[schema.blocks().size()]).forEach(form -> model.addInputs(form.toWire()));
        TensorForm.outputs(schema).forEach(form -> model.addOutputs(form.toWire()));
        observer.onNext(model.build());
        observer.onCompleted();
    }

    @Override
    public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> observer) {
        if (silent) {
            return;
        }
        int rows = Math.toIntExact(request.getInputs(0).getShape(0));
        ModelInferResponse.Builder answer = ModelInferResponse.newBuilder().setModelName(NAME);
        TensorForm.outputs(schema)
                .forEach(form -> answer.addOutputsBuilder()
                        .setName(form.name())
                        .setDatatype("FP32")
                        .addShape(rows)
                        .addShape(1));
        observer.onNext(changed.apply(values(answer.build(), rows, 1)));
        observer.onCompleted();
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.shutdownNow();
    }
}
