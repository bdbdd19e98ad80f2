package dev.funnel.ranking.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.rpc.BadRequest;
import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.inference.testing.SmallRanker;
import dev.funnel.proto.inference.GRPCInferenceServiceGrpc;
import dev.funnel.proto.inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import dev.funnel.proto.inference.InferTensorContents;
import dev.funnel.proto.inference.ModelInferRequest;
import dev.funnel.proto.inference.ModelInferRequest.InferRequestedOutputTensor;
import dev.funnel.proto.inference.ModelInferResponse;
import dev.funnel.proto.inference.ModelMetadataRequest;
import dev.funnel.proto.inference.ModelMetadataResponse;
import dev.funnel.proto.inference.ModelReadyRequest;
import dev.funnel.proto.inference.ServerLiveRequest;
import dev.funnel.proto.inference.ServerMetadataRequest;
import dev.funnel.proto.inference.ServerReadyRequest;
import dev.funnel.proto.ranking.v1.RankRequest;
import dev.funnel.proto.ranking.v1.RankResponse;
import dev.funnel.runtime.grpc.Failures;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The Open Inference Protocol v2, spoken to by the client generated from its public definition, over a real socket. */
class InferenceTest {
    private static final int ROWS = 300;
    private static final String MODEL = SmallBundle.NAME;

    @TempDir
    private static Path bundles;

    private static BundleVersion version;
    private static RunningRanker running;
    private static RankRequest request;
    private static FeatureRows rows;

    @BeforeAll
    static void start() throws Exception {
        version = SmallRanker.publish(bundles);
        running = new RunningRanker(bundles).loaded();
        request = RunningRanker.request(ROWS)
                .addHeads(SmallRanker.OBJECTIVE)
                .addHeads(SmallRanker.CLICK)
                .build();
        try (Bundle bundle = Bundle.open(SmallBundle.directory(bundles, version))) {
            rows = FeatureRows.of(bundle, request);
        }
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private static GRPCInferenceServiceBlockingStub client() {
        return GRPCInferenceServiceGrpc.newBlockingStub(running.channel()).withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    @Test
    void the_server_is_live_ready_and_named() {
        assertTrue(client().serverLive(ServerLiveRequest.getDefaultInstance()).getLive());
        assertTrue(client().serverReady(ServerReadyRequest.getDefaultInstance()).getReady());
        assertEquals(
                "funnel-ranking-service",
                client().serverMetadata(ServerMetadataRequest.getDefaultInstance())
                        .getName());
    }

    @Test
    void a_server_without_a_bundle_is_live_and_not_ready(@TempDir Path empty) {
        try (RunningRanker without = new RunningRanker(empty)) {
            GRPCInferenceServiceBlockingStub client = GRPCInferenceServiceGrpc.newBlockingStub(without.channel());
            assertTrue(client.serverLive(ServerLiveRequest.getDefaultInstance()).getLive());
            assertTrue(
                    !client.serverReady(ServerReadyRequest.getDefaultInstance()).getReady());
            assertTrue(!client.modelReady(
                            ModelReadyRequest.newBuilder().setName(MODEL).build())
                    .getReady());
        }
    }

    @Test
    void health_knows_the_service() {
        assertEquals(
                ServingStatus.SERVING,
                HealthGrpc.newBlockingStub(running.channel())
                        .check(HealthCheckRequest.newBuilder()
                                .setService("inference.GRPCInferenceService")
                                .build())
                        .getStatus());
    }

    @Test
    void the_model_says_which_tensors_it_takes_and_gives() {
        assertTrue(client().modelReady(
                        ModelReadyRequest.newBuilder().setName(MODEL).build())
                .getReady());
        ModelMetadataResponse metadata = client().modelMetadata(
                        ModelMetadataRequest.newBuilder().setName(MODEL).build());
        assertEquals(List.of(version.value()), List.copyOf(metadata.getVersionsList()));
        assertEquals(
                List.of("user", "context", "item", "pair", "candidate"),
                metadata.getInputsList().stream().map(input -> input.getName()).toList());
        assertEquals(
                SmallRanker.schema().width(SmallRanker.schema().blocks().get(2)),
                metadata.getInputs(2).getShape(1));
        assertEquals(List.of(-1L, 1L), metadata.getOutputs(0).getShapeList());
        assertEquals("watch_time_out", metadata.getOutputs(0).getName());
        assertEquals("FP32", metadata.getOutputs(0).getDatatype());
    }

    @Test
    void rows_sent_as_bytes_or_as_numbers_get_the_values_that_rank_gives() {
        RankResponse ranked = running.ranker().rank(request);
        ModelInferResponse raw = client().modelInfer(rows.raw(MODEL)
                .setId("seven")
                .setModelVersion(version.value())
                .build());
        ModelInferResponse typed = client().modelInfer(rows.typed(MODEL).build());
        assertEquals("seven", raw.getId());
        assertEquals(version.value(), typed.getModelVersion());
        for (int head = 0; head < 2; head++) {
            assertEquals(List.of((long) ROWS, 1L), raw.getOutputs(head).getShapeList());
            ByteBuffer values = ByteBuffer.wrap(raw.getRawOutputContents(head).toByteArray())
                    .order(ByteOrder.LITTLE_ENDIAN);
            for (int row = 0; row < ROWS; row++) {
                float expected = ranked.getHeads(head).getValues(row);
                assertEquals(expected, values.getFloat(), 1e-5f * Math.abs(expected), "row " + row);
                assertEquals(
                        values.getFloat(row * Float.BYTES),
                        typed.getOutputs(head).getContents().getFp32Contents(row));
            }
        }
    }

    @Test
    void only_the_outputs_asked_for_are_given() {
        ModelInferResponse response = client().modelInfer(rows.raw(MODEL)
                .addOutputs(InferRequestedOutputTensor.newBuilder().setName("click_out"))
                .build());
        assertEquals(1, response.getOutputsCount());
        assertEquals("click_out", response.getOutputs(0).getName());
        assertEquals(ROWS * Float.BYTES, response.getRawOutputContents(0).size());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void what_does_not_fit_the_model_is_refused_naming_the_tensor_and_both_sides(
            String field, String rule, Consumer<ModelInferRequest.Builder> breach) {
        ModelInferRequest.Builder broken = rows.raw(MODEL);
        breach.accept(broken);
        StatusRuntimeException refused =
                assertThrows(StatusRuntimeException.class, () -> client().modelInfer(broken.build()));
        assertEquals(Status.Code.INVALID_ARGUMENT, refused.getStatus().getCode(), refused.getMessage());
        BadRequest details = Failures.detail(refused, BadRequest.class).orElseThrow();
        assertEquals(field, details.getFieldViolations(0).getField());
        assertTrue(String.valueOf(refused.getMessage()).contains(rule), refused.getMessage());
    }

    static Stream<Arguments> what_does_not_fit_the_model_is_refused_naming_the_tensor_and_both_sides() {
        return Stream.of(
                breach(
                        "inputs[1].name",
                        "one of the model's inputs [user FP32",
                        wire -> wire.getInputsBuilder(1).setName("users")),
                breach(
                        "inputs[1].name",
                        "only once",
                        wire -> wire.getInputsBuilder(1).setName("user")),
                breach(
                        "inputs",
                        "must hold the model's input candidate FP32 [-1, 8]",
                        wire -> wire.removeInputs(4).clearRawInputContents()),
                breach(
                        "inputs[3].datatype",
                        "FP64",
                        wire -> wire.getInputsBuilder(3).setDatatype("FP64")),
                breach(
                        "inputs[4].shape",
                        "[300, 5]\" must be that of the model's input",
                        wire -> wire.getInputsBuilder(4).setShape(1, 5)),
                breach(
                        "inputs[4].shape",
                        "as many rows as the other inputs: 300",
                        wire -> wire.getInputsBuilder(4).setShape(0, 299)),
                breach(
                        "inputs[2].shape[0]",
                        "1 to 10000 rows",
                        wire -> wire.getInputsBuilder(2).setShape(0, 10_001)),
                breach(
                        "inputs[2].shape[0]",
                        "1 to 10000 rows",
                        wire -> wire.getInputsBuilder(2).setShape(0, 0)),
                breach(
                        "raw_input_contents",
                        "as many as the inputs: 5",
                        wire -> wire.addRawInputContents(ByteString.EMPTY)),
                breach(
                        "raw_input_contents[4]",
                        "must be 9600 bytes: FP32 [300, 8]",
                        wire -> wire.setRawInputContents(4, ByteString.copyFrom(new byte[9599]))),
                breach("raw_input_contents[4][0]", "must be finite", InferenceTest::notANumber),
                breach(
                        "inputs[0].contents",
                        "must be absent",
                        wire -> wire.getInputsBuilder(0).setContents(InferTensorContents.getDefaultInstance())),
                breach("inputs[0].contents.fp32_contents", "0 elements", wire -> wire.clearRawInputContents()),
                breach(
                        "outputs[0].name",
                        "[watch_time_out, click_out]",
                        wire -> wire.addOutputsBuilder().setName("dwell")));
    }

    private static Arguments breach(String field, String rule, Consumer<ModelInferRequest.Builder> breach) {
        return Arguments.of(field, rule, breach);
    }

    private static void notANumber(ModelInferRequest.Builder wire) {
        ByteBuffer bytes = ByteBuffer.allocate(ROWS * 8 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putFloat(0, Float.NaN);
        wire.setRawInputContents(4, ByteString.copyFrom(bytes));
    }

    @Test
    void a_model_or_version_that_is_not_held_is_not_found_naming_those_that_are() {
        notFound(rows.raw("another").build(), "\"another\"");
        notFound(rows.raw(MODEL).setModelVersion("7").build(), version.value());
    }

    private static void notFound(ModelInferRequest request, String named) {
        StatusRuntimeException refused = assertThrows(StatusRuntimeException.class, () -> client().modelInfer(request));
        assertEquals(Status.Code.NOT_FOUND, refused.getStatus().getCode());
        assertTrue(String.valueOf(refused.getMessage()).contains(named), refused.getMessage());
    }

    @Test
    void a_call_without_time_is_not_answered_late() {
        StatusRuntimeException refused = assertThrows(
                StatusRuntimeException.class,
                () -> client().withDeadlineAfter(1, TimeUnit.MICROSECONDS)
                        .modelInfer(rows.raw(MODEL).build()));
        assertEquals(Status.Code.DEADLINE_EXCEEDED, refused.getStatus().getCode());
    }
}
