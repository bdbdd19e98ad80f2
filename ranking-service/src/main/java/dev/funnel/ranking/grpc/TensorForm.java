package dev.funnel.ranking.grpc;

import dev.funnel.bundle.schema.Block;
import dev.funnel.bundle.schema.BlockType;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.schema.Head;
import dev.funnel.proto.inference.ModelMetadataResponse.TensorMetadata;
import java.util.ArrayList;
import java.util.List;

/**
 * A tensor of a network as the Open Inference Protocol declares it.
 *
 * @param name of the network's input or output
 * @param datatype {@code FP32} or {@code INT64}
 * @param rows {@link #ANY} for a row per candidate, else how many
 * @param width columns
 */
record TensorForm(String name, String datatype, long rows, int width) {
    /** Any number of rows. */
    static final long ANY = -1;

    /** What a network takes: one tensor a block of its schema, in that order. */
    static List<TensorForm> inputs(FeatureSchema schema, boolean[] oneRow) {
        List<TensorForm> inputs = new ArrayList<>();
        for (int i = 0; i < oneRow.length; i++) {
            Block block = schema.blocks().get(i);
            inputs.add(new TensorForm(block.name(), datatype(block.dtype()), oneRow[i] ? 1 : ANY, schema.width(block)));
        }
        return inputs;
    }

    /** What a network gives: one tensor a head of its schema, in that order. */
    static List<TensorForm> outputs(FeatureSchema schema) {
        return schema.heads().stream()
                .map((Head head) -> new TensorForm(head.output(), "FP32", ANY, head.width()))
                .toList();
    }

    static String datatype(BlockType type) {
        return switch (type) {
            case FLOAT32 -> "FP32";
            case INT64 -> "INT64";
        };
    }

    static List<String> names(List<TensorForm> forms) {
        return forms.stream().map(TensorForm::name).toList();
    }

    TensorMetadata toWire() {
        return TensorMetadata.newBuilder()
                .setName(name)
                .setDatatype(datatype)
                .addShape(rows)
                .addShape(width)
                .build();
    }

    @Override
    public String toString() {
        return name + " " + datatype + " [" + rows + ", " + width + "]";
    }
}
