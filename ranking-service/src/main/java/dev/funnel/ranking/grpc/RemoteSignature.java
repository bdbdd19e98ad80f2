package dev.funnel.ranking.grpc;

import dev.funnel.bundle.schema.Block;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.inference.engine.EngineRefusedException;
import dev.funnel.proto.inference.ModelMetadataResponse;
import dev.funnel.proto.inference.ModelMetadataResponse.TensorMetadata;
import java.util.List;

/** Compares what a remote model says it takes and gives with what a schema declares. */
final class RemoteSignature {
    private final FeatureSchema schema;
    private final ModelMetadataResponse model;

    RemoteSignature(FeatureSchema schema, ModelMetadataResponse model) {
        this.schema = schema;
        this.model = model;
    }

    /** Refuses a model that does not fit; says per block whether the model takes one row whatever the number of candidates. */
    boolean[] check() throws EngineRefusedException {
        boolean[] oneRow = new boolean[schema.blocks().size()];
        for (int i = 0; i < oneRow.length; i++) {
            oneRow[i] = takesOneRow(schema.blocks().get(i));
        }
        for (TensorMetadata input : model.getInputsList()) {
            if (schema.blocks().stream().noneMatch(block -> block.name().equals(input.getName()))) {
                throw refusal("its input \"" + input.getName() + "\" is no block of the schema");
            }
        }
        for (TensorForm output : TensorForm.outputs(schema)) {
            checkOutput(output, find(model.getOutputsList(), output));
        }
        return oneRow;
    }

    private boolean takesOneRow(Block block) throws EngineRefusedException {
        TensorForm wanted =
                new TensorForm(block.name(), TensorForm.datatype(block.dtype()), TensorForm.ANY, schema.width(block));
        TensorMetadata found = find(model.getInputsList(), wanted);
        List<Long> shape = found.getShapeList();
        boolean oneRow =
                shape.size() == 2 && shape.get(0) == 1 && block.source().oncePerRequest();
        boolean fits = found.getDatatype().equals(wanted.datatype())
                && shape.size() == 2
                && shape.get(1) == wanted.width()
                && (oneRow || shape.get(0) == TensorForm.ANY);
        if (!fits) {
            throw refusal("its input is " + shown(found) + ", the schema's block is " + wanted);
        }
        return oneRow;
    }

    private void checkOutput(TensorForm wanted, TensorMetadata found) throws EngineRefusedException {
        List<Long> shape = found.getShapeList();
        boolean rows = !shape.isEmpty() && shape.get(0) == TensorForm.ANY;
        boolean matrix = rows && shape.size() == 2 && shape.get(1) == wanted.width();
        boolean vector = rows && shape.size() == 1 && wanted.width() == 1;
        if (!found.getDatatype().equals(wanted.datatype()) || !matrix && !vector) {
            throw refusal("its output is " + shown(found) + ", the schema's head is " + wanted);
        }
    }

    private TensorMetadata find(List<TensorMetadata> tensors, TensorForm wanted) throws EngineRefusedException {
        return tensors.stream()
                .filter(tensor -> tensor.getName().equals(wanted.name()))
                .findFirst()
                .orElseThrow(() -> refusal("it has no " + wanted));
    }

    private EngineRefusedException refusal(String reason) {
        return new EngineRefusedException(
                "remote model \"%s\" does not fit: %s; the schema wants %s and gives %s; it takes %s and gives %s"
                        .formatted(
                                model.getName(),
                                reason,
                                TensorForm.inputs(
                                        schema, new boolean[schema.blocks().size()]),
                                TensorForm.outputs(schema),
                                model.getInputsList().stream()
                                        .map(RemoteSignature::shown)
                                        .toList(),
                                model.getOutputsList().stream()
                                        .map(RemoteSignature::shown)
                                        .toList()));
    }

    private static String shown(TensorMetadata tensor) {
        return tensor.getName() + " " + tensor.getDatatype() + " " + tensor.getShapeList();
    }
}
