package dev.funnel.ranking.grpc;

import com.google.protobuf.ByteString;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.inference.engine.Engine;
import dev.funnel.inference.engine.EngineLoader;
import dev.funnel.inference.engine.EngineRefusedException;
import dev.funnel.inference.feature.FeatureBlocks;
import dev.funnel.proto.inference.GRPCInferenceServiceGrpc;
import dev.funnel.proto.inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import dev.funnel.proto.inference.ModelInferRequest;
import dev.funnel.proto.inference.ModelInferResponse;
import dev.funnel.proto.inference.ModelMetadataRequest;
import dev.funnel.proto.inference.ModelMetadataResponse;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.error.DeadlinePassed;
import dev.funnel.runtime.error.NotReady;
import dev.funnel.runtime.error.Overloaded;
import dev.funnel.runtime.error.Refusal;
import dev.funnel.runtime.grpc.ChannelSettings;
import dev.funnel.runtime.grpc.Channels;
import dev.funnel.runtime.grpc.Failures;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A model of a server that speaks the Open Inference Protocol v2, as the engine of a ranker. Each run is one call with the blocks as
 * bytes, within the deadline of the request it works for; it waits on the thread that runs it and never retries.
 */
public final class RemoteEngine implements Engine {
    /** Other servers of the protocol do not tell their health by its name. */
    private static final boolean HEALTH_PER_SERVICE = false;

    private static final Duration RETRY_AFTER = Duration.ofMillis(50);

    private final GRPCInferenceServiceBlockingStub server;
    private final RemoteSettings settings;
    private final FeatureSchema schema;
    private final boolean[] oneRow;
    private final Arena memory = Arena.ofShared();
    private final List<TensorForm> inputs;

    private RemoteEngine(
            GRPCInferenceServiceBlockingStub server, RemoteSettings settings, FeatureSchema schema, boolean[] oneRow) {
        this.server = server;
        this.settings = settings;
        this.schema = schema;
        this.oneRow = oneRow;
        this.inputs = TensorForm.inputs(schema, oneRow);
    }

    /** Opens a channel to the server for the engines of all bundles. */
    public static EngineLoader loader(Channels channels, RemoteSettings settings) {
        ChannelSettings usual = ChannelSettings.of(settings.target());
        ChannelSettings foreign = new ChannelSettings(
                usual.target(),
                usual.maxMessage(),
                usual.keepAlive(),
                usual.keepAliveTimeout(),
                HEALTH_PER_SERVICE,
                usual.outlierDetection());
        Channel channel = channels.open(foreign, GRPCInferenceServiceGrpc.SERVICE_NAME);
        return (network, schema) -> load(channel, settings, schema);
    }

    /**
     * Asks the server what the model takes and gives, waiting for the server if it is not there yet.
     *
     * @throws EngineRefusedException if that is not what the schema declares, or if the server does not say
     */
    static RemoteEngine load(Channel channel, RemoteSettings settings, FeatureSchema schema)
            throws EngineRefusedException {
        GRPCInferenceServiceBlockingStub server = GRPCInferenceServiceGrpc.newBlockingStub(channel);
        try {
            ModelMetadataResponse model = server.withWaitForReady()
                    .withDeadlineAfter(settings.loadDeadline().toNanos(), TimeUnit.NANOSECONDS)
                    .modelMetadata(ModelMetadataRequest.newBuilder()
                            .setName(settings.model())
                            .setVersion(settings.version())
                            .build());
            return new RemoteEngine(server, settings, schema, new RemoteSignature(schema, model).check());
        } catch (StatusRuntimeException e) {
            throw new EngineRefusedException(
                    "remote " + settings.target() + " does not describe model \"" + settings.model() + "\": "
                            + Failures.describe(e),
                    e);
        }
    }

    @Override
    public String name() {
        return "remote " + settings.target() + " model " + settings.model();
    }

    @Override
    public FeatureBlocks blocks(int capacity) {
        return new FeatureBlocks(schema, capacity, oneRow, memory);
    }

    @Override
    public void run(FeatureBlocks blocks, int rows, float[][] heads, int at) {
        if (rows > 0) {
            new RemoteValues(schema, call(request(blocks, rows)), rows).read(heads, at, settings.target());
        }
    }

    private ModelInferRequest request(FeatureBlocks blocks, int rows) {
        ModelInferRequest.Builder request =
                ModelInferRequest.newBuilder().setModelName(settings.model()).setModelVersion(settings.version());
        for (int i = 0; i < oneRow.length; i++) {
            TensorForm form = inputs.get(i);
            request.addInputsBuilder()
                    .setName(form.name())
                    .setDatatype(form.datatype())
                    .addShape(oneRow[i] ? 1 : rows)
                    .addShape(form.width());
            request.addRawInputContents(littleEndian(blocks, i, rows));
        }
        TensorForm.outputs(schema).forEach(form -> request.addOutputsBuilder().setName(form.name()));
        return request.build();
    }

    private static ByteString littleEndian(FeatureBlocks blocks, int block, int rows) {
        ByteBuffer values = blocks.buffer(block, rows);
        if (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
            return ByteString.copyFrom(values);
        }
        ByteBuffer turned = ByteBuffer.allocate(values.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        switch (blocks.dtype(block)) {
            case FLOAT32 -> turned.asFloatBuffer().put(values.asFloatBuffer());
            case INT64 -> turned.asLongBuffer().put(values.asLongBuffer());
        }
        return ByteString.copyFrom(turned);
    }

    private ModelInferResponse call(ModelInferRequest request) {
        try {
            return server.withDeadlineAfter(Math.max(0, longestNanos()), TimeUnit.NANOSECONDS)
                    .modelInfer(request);
        } catch (StatusRuntimeException e) {
            throw refusal(e);
        }
    }

    /** Within a call: what is left of it, at most the deadline configured. */
    private long longestNanos() {
        return Context.current().getDeadline() == null
                ? settings.loadDeadline().toNanos()
                : Deadline.ofCall().atMost(settings.deadline()).remainingNanos();
    }

    /** What the remote's failure is to the caller of this process, whose request it does not know. */
    private Refusal refusal(StatusRuntimeException failure) {
        String message = "remote scorer " + settings.target() + ": " + Failures.describe(failure);
        return switch (Failures.degradationKind(failure)) {
            case LATE -> new DeadlinePassed(message);
            case SHED -> new Overloaded(message, RETRY_AFTER);
            case UNKNOWN,
                    FAILED,
                    REDUCED_EFFORT,
                    SHARD_MISSING,
                    VERSION_MISSING,
                    RELAXED_RULE,
                    SHORT_SLATE,
                    GENERATOR_MISSING,
                    MISCONFIGURED -> new NotReady(message);
        };
    }

    /** The channel is not its own. */
    @Override
    public void close() {
        memory.close();
    }
}
