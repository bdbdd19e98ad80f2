package dev.funnel.ranking.grpc;

import com.google.protobuf.ByteString;
import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.RankerEntry;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.inference.engine.OnnxRuntimeEngine;
import dev.funnel.inference.feature.FeatureBlocks;
import dev.funnel.inference.feature.FeatureTransform;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.inference.feature.Request;
import dev.funnel.inference.feature.StoredFeatures;
import dev.funnel.proto.inference.InferTensorContents;
import dev.funnel.proto.inference.ModelInferRequest;
import dev.funnel.proto.inference.ModelInferRequest.InferInputTensor;
import dev.funnel.proto.ranking.v1.RankRequest;
import dev.funnel.ranking.feature.RankingInputs;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/** The features of a request's candidates, made as a client does who holds the bundle, and sent as tensors. */
final class FeatureRows {
    private final FeatureSchema schema;
    private final FeatureBlocks blocks;
    private final int rows;

    private FeatureRows(FeatureSchema schema, FeatureBlocks blocks, int rows) {
        this.schema = schema;
        this.blocks = blocks;
        this.rows = rows;
    }

    static FeatureRows of(Bundle bundle, RankRequest request) throws Exception {
        RankerEntry entry = Objects.requireNonNull(bundle.manifest().ranker());
        FeatureSchema schema = FeatureSchema.parse(bundle.bytes(entry.schema()));
        FeatureTransform transform = new FeatureTransform(
                schema, StoredFeatures.load(schema, bundle.items(), bundle::tensors, entry.features()));
        RankCall call = RankCall.of(request);
        RankingInput input = RankingInputs.of(call.user(), call.query().context(), call.candidates(), bundle.items());
        Request opened = transform.open(input);
        int rows = call.candidates().size();
        boolean[] oneRow = new boolean[schema.blocks().size()];
        try (OnnxRuntimeEngine engine = OnnxRuntimeEngine.load(bundle.bytes(entry.network()), schema)) {
            FeatureBlocks asTaken = engine.blocks(1);
            for (int block = 0; block < oneRow.length; block++) {
                oneRow[block] = asTaken.oneRow(block);
            }
        }
        FeatureBlocks blocks = new FeatureBlocks(schema, rows, oneRow, Arena.ofAuto());
        transform.write(transform.readRequest(opened), transform.readCandidates(opened, 0, rows), blocks, 0);
        return new FeatureRows(schema, blocks, rows);
    }

    /** A request with the elements as bytes. */
    ModelInferRequest.Builder raw(String model) {
        ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName(model);
        for (int i = 0; i < blocks.size(); i++) {
            request.addInputs(tensor(i)).addRawInputContents(ByteString.copyFrom(blocks.buffer(i, rows)));
        }
        return request;
    }

    /** A request with the elements in the field of their type. */
    ModelInferRequest.Builder typed(String model) {
        ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName(model);
        for (int i = 0; i < blocks.size(); i++) {
            InferTensorContents.Builder contents = InferTensorContents.newBuilder();
            ByteBuffer values = blocks.buffer(i, rows).order(ByteOrder.nativeOrder());
            while (values.hasRemaining()) {
                contents.addFp32Contents(values.getFloat());
            }
            request.addInputs(tensor(i).setContents(contents));
        }
        return request;
    }

    private InferInputTensor.Builder tensor(int block) {
        return InferInputTensor.newBuilder()
                .setName(schema.blocks().get(block).name())
                .setDatatype("FP32")
                .addShape(blocks.oneRow(block) ? 1 : rows)
                .addShape(blocks.width(block));
    }
}
