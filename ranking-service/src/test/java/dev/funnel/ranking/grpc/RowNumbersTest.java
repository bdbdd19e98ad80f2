package dev.funnel.ranking.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.HeadEntry;
import dev.funnel.bundle.Manifest;
import dev.funnel.bundle.RankerEntry;
import dev.funnel.bundle.TensorFileWriter;
import dev.funnel.bundle.schema.Block;
import dev.funnel.bundle.schema.BlockType;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.schema.Head;
import dev.funnel.bundle.schema.IndexFeature;
import dev.funnel.bundle.schema.Reading;
import dev.funnel.bundle.schema.Source;
import dev.funnel.bundle.schema.VectorTable;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.inference.testing.GraphWriter;
import dev.funnel.proto.inference.GRPCInferenceServiceGrpc;
import dev.funnel.proto.inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import dev.funnel.proto.inference.InferTensorContents;
import dev.funnel.proto.inference.ModelInferRequest;
import dev.funnel.proto.inference.ModelInferRequest.InferInputTensor;
import dev.funnel.proto.inference.ModelInferResponse;
import dev.funnel.proto.inference.ModelMetadataRequest;
import dev.funnel.proto.ranking.v1.RankResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that holds its own table, as a team exports it: row numbers as int64, by {@code Rank} and by the Open Inference Protocol v2. */
class RowNumbersTest {
    private static final int ITEMS = SmallBundle.ITEMS;
    private static final int WIDTH = 3;

    @TempDir
    private static Path bundles;

    private static RunningRanker running;

    @BeforeAll
    static void start() throws Exception {
        FeatureSchema schema = new FeatureSchema(
                1,
                List.of(new VectorTable("item", 0, VectorTable.Keys.ITEM, "", "")),
                List.of(new Block(
                        "ids",
                        Source.ITEM,
                        List.of(new IndexFeature("item", Reading.ID, null, "item", 1, 0, 1)),
                        BlockType.INT64)),
                List.of(new Head("score", "score", "1")));
        try (BundleStore.Draft draft = SmallBundle.store(bundles).draft()) {
            Manifest.Draft contents = SmallBundle.fill(draft, SmallBundle.SEED);
            Files.write(draft.file("ranker/network.onnx"), embedding());
            Files.write(draft.file("ranker/schema.json"), schema.toJson());
            new TensorFileWriter(draft.file("ranker/features.safetensors")).write();
            draft.publish(contents.withRanker(new RankerEntry(
                    "ranker/network.onnx",
                    "ranker/schema.json",
                    "ranker/features.safetensors",
                    List.of(new HeadEntry("score", "score", "1")),
                    "score")));
        }
        running = new RunningRanker(bundles).loaded();
    }

    /** Row 0 is that of unknown items. */
    private static byte[] embedding() {
        GraphWriter graph = new GraphWriter(SmallBundle.SEED).ids("ids", 1);
        graph.node("Gather", "axis", 0, "rows", graph.random(ITEMS + 1, WIDTH), "ids");
        String flat = graph.node("Flatten", "axis", 1, "flat", "rows");
        graph.node("Gemm", "transB", 1, "score", flat, graph.random(1, WIDTH), graph.random(1));
        return graph.output("score", -1, 1).bytes();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private static GRPCInferenceServiceBlockingStub client() {
        return GRPCInferenceServiceGrpc.newBlockingStub(running.channel()).withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    private static ModelInferRequest.Builder request(int rows) {
        return ModelInferRequest.newBuilder()
                .setModelName(SmallBundle.NAME)
                .addInputs(InferInputTensor.newBuilder()
                        .setName("ids")
                        .setDatatype("INT64")
                        .addShape(rows)
                        .addShape(1));
    }

    @Test
    void the_model_says_that_it_takes_row_numbers() {
        var input = client().modelMetadata(ModelMetadataRequest.newBuilder()
                        .setName(SmallBundle.NAME)
                        .build())
                .getInputs(0);
        assertEquals("ids", input.getName());
        assertEquals("INT64", input.getDatatype());
        assertEquals(List.of(-1L, 1L), input.getShapeList());
    }

    @Test
    void row_numbers_sent_as_bytes_or_as_numbers_get_the_values_that_rank_gives() {
        RankResponse ranked = running.ranker().rank(RunningRanker.everyItem().build());
        ByteBuffer bytes = ByteBuffer.allocate(ITEMS * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        LongStream.rangeClosed(1, ITEMS).forEach(bytes::putLong);
        ModelInferResponse raw = client().modelInfer(request(ITEMS)
                .addRawInputContents(ByteString.copyFrom(bytes.flip()))
                .build());
        ModelInferRequest.Builder typed = request(ITEMS);
        typed.getInputsBuilder(0)
                .setContents(InferTensorContents.newBuilder()
                        .addAllInt64Contents(
                                LongStream.rangeClosed(1, ITEMS).boxed().toList()));
        List<Float> numbers =
                client().modelInfer(typed.build()).getOutputs(0).getContents().getFp32ContentsList();
        ByteBuffer values = raw.getRawOutputContents(0).asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        for (int item = 0; item < ITEMS; item++) {
            assertEquals(ranked.getScores(item), values.getFloat(), 1e-6, "item " + item);
            assertEquals(ranked.getScores(item), numbers.get(item), 1e-6, "item " + item);
        }
        assertTrue(ranked.getScoresList().stream().distinct().count() > ITEMS / 2, ranked::toString);
    }

    @Test
    void a_row_that_the_networks_table_does_not_have_is_refused() {
        ModelInferRequest.Builder beyond = request(1);
        beyond.getInputsBuilder(0).setContents(InferTensorContents.newBuilder().addInt64Contents(ITEMS + 1));
        StatusRuntimeException refused =
                assertThrows(StatusRuntimeException.class, () -> client().modelInfer(beyond.build()));
        assertEquals(Status.Code.INVALID_ARGUMENT, refused.getStatus().getCode(), refused.getMessage());
    }
}
